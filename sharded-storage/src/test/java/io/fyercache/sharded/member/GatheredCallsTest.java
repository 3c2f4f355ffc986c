package io.fyercache.sharded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.KeyState;
import io.fyercache.sharded.replication.UserCodeCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls of user code run together (U7). */
class GatheredCallsTest {
    private static final int CACHE = 4;

    private final List<List<Integer>> ran = new ArrayList<>();
    private final GatheredCalls gathered = new GatheredCalls(
            calls -> ran.add(calls.stream().map(PlacedCall::partition).toList()));

    private static EntryKey key(int partition) {
        return new EntryKey(CACHE, new EncodedKey(new byte[] {(byte) partition}));
    }

    private static Request request(long client, int partition, Batch batch) {
        return new Request(new OperationId(client, 1), 1, 1, 1, 1, key(partition), Task.Read.READ, batch);
    }

    private static UserCodeCall call(long client, int partition, Batch batch) {
        return new UserCodeCall(1, 1, key(partition), Task.Read.READ, new KeyState(null, 0), client, batch);
    }

    /** A request comes, and needs user code. */
    private void come(long client, int partition, Batch batch) {
        Request request = request(client, partition, batch);
        gathered.arriving(request);
        assertThat(gathered.add(partition, call(client, partition, batch))).isTrue();
        gathered.arrived(request);
    }

    /** A request comes, and needs none: the value is here, or the key is held. */
    private void comeInVain(long client, int partition, Batch batch) {
        gathered.arriving(request(client, partition, batch));
        gathered.arrived(request(client, partition, batch));
    }

    @Test
    void allHaveCome_runTogether_atOnce() {
        Batch batch = new Batch(7, 3);
        come(1, 10, batch);
        comeInVain(1, 11, batch);
        assertThat(ran).isEmpty();

        come(1, 12, batch);

        assertThat(ran).containsExactly(List.of(10, 12));
    }

    @Test
    void someDoNotCome_othersRunAfterTwoTicks() {
        come(1, 10, new Batch(7, 3));
        come(1, 11, new Batch(7, 3));
        gathered.onTick();
        assertThat(ran).isEmpty();

        gathered.onTick();

        assertThat(ran).containsExactly(List.of(10, 11));
        gathered.onTick();
        gathered.onTick();
        assertThat(ran).hasSize(1);
    }

    @Test
    void numberOfPartsUnknown_runAfterTwoTicks() {
        come(1, 10, new Batch(7, 0));
        come(1, 11, new Batch(7, 0));
        gathered.onTick();
        gathered.onTick();

        assertThat(ran).containsExactly(List.of(10, 11));
    }

    @Test
    void whoWaitedForItsKeyUntilTheOthersRan_isNotTakenIn() {
        come(1, 10, new Batch(7, 1));

        assertThat(gathered.add(11, call(1, 11, new Batch(7, 1)))).isFalse();
        assertThat(ran).containsExactly(List.of(10));
    }

    @Test
    void operationsOfOthers_areKeptApart() {
        come(1, 10, new Batch(7, 2));
        come(2, 20, new Batch(7, 2));
        come(1, 30, new Batch(8, 2));
        come(2, 21, new Batch(7, 2));

        assertThat(ran).containsExactly(List.of(20, 21));
    }

    @Test
    void nothingNeedsUserCode_nothingRuns() {
        comeInVain(1, 10, new Batch(7, 1));
        comeInVain(1, 10, new Batch(8, 2));
        gathered.onTick();
        gathered.onTick();

        assertThat(ran).isEmpty();
    }

    @Test
    void tooManyOperations_furtherOnesAreNotGathered() {
        for (int number = 1; number <= GatheredCalls.MAX_GATHERINGS; number++) {
            come(1, 10, new Batch(number, 2));
        }
        gathered.arriving(request(1, 10, new Batch(5_000, 2)));

        assertThat(gathered.add(10, call(1, 10, new Batch(5_000, 2)))).isFalse();
        come(1, 11, new Batch(1, 2));
        assertThat(ran).containsExactly(List.of(10, 11));
    }
}
