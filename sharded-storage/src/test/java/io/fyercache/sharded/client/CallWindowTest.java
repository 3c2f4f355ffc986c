package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallWindowTest {
    private static final int SEEDS = 50;
    private static final int STEPS = 5_000;

    private static RoutedCall call() {
        return new RoutedCall(
                new EntryKey(0, new EncodedKey(new byte[0])), Task.Read.READ, Batch.NONE, 1, 0, outcome -> {});
    }

    @Test
    void emptyWindow_beginsAtTheNextSequence() {
        CallWindow window = new CallWindow(7);

        assertThat(window.isEmpty()).isTrue();
        assertThat(window.lowest()).isEqualTo(7);
        assertThat(window.find(7)).isNull();
    }

    @Test
    void callThatEndsOutOfTurn_countsUntilThoseBeforeItHaveEnded() {
        CallWindow window = new CallWindow(1);
        for (int i = 0; i < OperationId.WINDOW; i++) {
            window.add(call());
        }

        for (long sequence = 2; sequence <= OperationId.WINDOW; sequence++) {
            window.end(sequence);
        }
        assertThat(window.isFull()).isTrue();
        assertThat(window.lowest()).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> window.add(call()))
                .withMessage("sequence 1025 (expected: less than 1024 above 1)");

        window.end(1);
        assertThat(window.isEmpty()).isTrue();
        assertThat(window.lowest()).isEqualTo(1_025);
    }

    /** Against a sorted map, with windows that grow and wrap around, and sequences beyond 32 bits. */
    @Test
    void anySteps_findWhatASortedMapFinds() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            long first = random.nextBoolean() ? 1 : (1L << 32) - 2_000;
            CallWindow window = new CallWindow(first);
            TreeMap<Long, RoutedCall> model = new TreeMap<>();
            long next = first;
            int eagerness = 1 + random.nextInt(10);
            for (int step = 0; step < STEPS; step++) {
                if (!window.isFull() && random.nextInt(eagerness) > 0) {
                    RoutedCall added = call();
                    window.add(added);
                    model.put(next++, added);
                } else if (!model.isEmpty()) {
                    List<Long> present = new ArrayList<>(model.keySet());
                    long ended = present.get(random.nextInt(Math.min(3, present.size())));
                    window.end(ended);
                    model.remove(ended);
                }
                long lowest = model.isEmpty() ? next : model.firstKey();
                assertThat(window.lowest()).as("seed %s", seed).isEqualTo(lowest);
                assertThat(window.next()).isEqualTo(next);
                assertThat(window.isFull()).isEqualTo(next - lowest == OperationId.WINDOW);
                long probe = lowest - 2 + random.nextInt((int) (next - lowest) + 4);
                assertThat(window.find(probe)).as("seed %s", seed).isSameAs(model.get(probe));
            }
        }
    }
}
