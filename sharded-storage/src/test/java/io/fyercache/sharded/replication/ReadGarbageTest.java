package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.Allocation;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a primary leaves to the garbage collector with each read that it answers at once: what most of them do. */
class ReadGarbageTest {
    private static final Incarnation SELF = new Incarnation(1);
    private static final int READS = 20_000;

    /** Bytes: the answer, and what it takes to see that it is true. */
    private static final int ALLOCATED_PER_READ = 450;

    private final SilentHost host = new SilentHost();

    private static Request request(long client, Task task) {
        return new Request(new OperationId(client, 1), 1, 1, 1, 1, Scene.key("k"), task);
    }

    @Test
    void read_ofWhatIsThere_leavesLittle() {
        PartitionReplica primary = host.replica(SELF, Rules.ALL);
        primary.install(PartitionRecord.initial(SELF), 0);
        primary.onTick(0, 0);
        primary.onRequest(request(1, new Task.Write(new EntryOperation.Put(Scene.value("v")))), 0, 0);
        Request[] reads = LongStream.rangeClosed(1, READS)
                .mapToObj(client -> request(client, Task.Read.READ))
                .toArray(Request[]::new);

        Allocation.assertInProportion("reads", READS, ALLOCATED_PER_READ, () -> {
            for (Request read : reads) {
                primary.onRequest(read, 0, 0);
            }
        });

        assertThat(host.answers).hasSizeGreaterThan(READS);
    }
}
