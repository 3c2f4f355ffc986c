package io.fyercache.core.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.write.WriteBehindSettings.Retries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random steps on a {@link WriteQueue}, over a database that takes some writes, loses some, and takes some of which it says that it did not. */
class WriteQueueModelTest {
    private static final int KEYS = 12;
    private static final int STEPS = 2_000;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** What is known of a key without the queue: changes are numbered, and grow. */
    private static final class Key {
        int offered;
        int inDatabase;
        boolean underWay;
        boolean isSettled = true;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySteps_changesReachTheDatabaseInOrder_theLastOneOfEachKeyInTheEnd(int seed) {
        new Run(new Random(seed)).run();
    }

    private static final class Run {
        private final Random random;
        private final WriteBehindSettings settings;
        private final WriteQueue<Integer, Integer> queue;
        private final Map<Integer, Key> keys = new HashMap<>();
        private final List<DueWrite<Integer, Integer>> underWay = new ArrayList<>();
        private long now;

        Run(Random random) {
            this.random = random;
            this.settings = new WriteBehindSettings(
                    random.nextInt(20),
                    1 + random.nextInt(8),
                    1 + random.nextInt(KEYS),
                    0,
                    new Retries(1 + random.nextInt(4), 1 + random.nextInt(5), 20),
                    0);
            this.queue = new WriteQueue<>(settings);
            IntStream.range(0, KEYS).forEach(key -> keys.put(key, new Key()));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                now += random.nextInt(3);
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> offer(random.nextInt(KEYS));
                    case 4, 5 -> take();
                    case 6, 7, 8 -> conclude(random.nextInt(4));
                    default -> steer(random.nextInt(KEYS));
                }
                check();
            }
            writeAll();
        }

        private void offer(int number) {
            Key key = keys.get(number);
            boolean hasRoom = !key.isSettled || unsettled() < settings.maximumQueued();
            assertThat(queue.offer(number, key.offered + 1, now)).isEqualTo(hasRoom);
            if (hasRoom) {
                key.offered++;
                key.isSettled = false;
            }
        }

        private long unsettled() {
            return keys.values().stream().filter(key -> !key.isSettled).count();
        }

        private void take() {
            List<DueWrite<Integer, Integer>> taken = queue.take(now);
            assertThat(taken).hasSizeLessThanOrEqualTo(settings.batchSize());
            for (DueWrite<Integer, Integer> each : taken) {
                Key key = keys.get(each.key());
                assertThat(key.underWay)
                        .as("another write of the key is under way")
                        .isFalse();
                assertThat(each.change()).as("the newest").isEqualTo(key.offered);
                key.underWay = true;
                underWay.add(each);
            }
        }

        /** Of four outcomes, two are good; of the bad ones, one has changed the database. */
        private void conclude(int outcome) {
            if (underWay.isEmpty()) {
                return;
            }
            DueWrite<Integer, Integer> write = underWay.remove(random.nextInt(underWay.size()));
            Key key = keys.get(write.key());
            key.underWay = false;
            if (outcome != 0) {
                assertThat(write.change())
                        .as("no older change after a newer one")
                        .isGreaterThanOrEqualTo(key.inDatabase);
                key.inDatabase = write.change();
            }
            if (outcome > 1) {
                queue.written(write.key());
                key.isSettled = write.change() == key.offered;
            } else {
                queue.failed(write.key(), "down", random.nextDouble(), now);
            }
        }

        private void steer(int number) {
            boolean isDead = queue.deadLetters().stream().anyMatch(each -> each.key() == number);
            if (random.nextBoolean()) {
                assertThat(queue.replay(number, now)).isEqualTo(isDead);
            } else {
                assertThat(queue.discard(number)).isEqualTo(isDead);
                keys.get(number).isSettled |= isDead;
            }
        }

        private void check() {
            keys.forEach((number, key) ->
                    assertThat(queue.find(number)).isEqualTo(key.isSettled ? null : (Integer) key.offered));
            assertThat(queue.depth() + queue.deadLetterCount()).isEqualTo((int) unsettled());
            assertThat(queue.isFull()).isEqualTo(unsettled() >= settings.maximumQueued());
        }

        /** The database is well again. */
        private void writeAll() {
            queue.deadLetters().forEach(each -> queue.replay(each.key(), now));
            queue.hurry();
            while (queue.depth() > 0) {
                if (underWay.isEmpty()) {
                    now = Math.max(now, queue.nextDueMillis());
                    take();
                    assertThat(underWay).as("something is due").isNotEmpty();
                }
                conclude(3);
                check();
            }
            keys.values().stream()
                    .filter(key -> key.inDatabase != 0)
                    .forEach(key -> assertThat(key.isSettled).isTrue());
        }
    }
}
