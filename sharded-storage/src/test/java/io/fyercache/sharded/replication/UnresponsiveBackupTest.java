package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.ControllerRequest.Shrink;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T6: a backup that is heard and does not acknowledge would stall its partition for ever. */
class UnresponsiveBackupTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    private final SilentHost host = new SilentHost();
    private final PartitionReplica primary;
    private long nowMillis;

    UnresponsiveBackupTest() {
        primary = host.replica(ONE, Rules.ALL);
        primary.install(PartitionRecord.founding(List.of(ONE, TWO)), 0);
    }

    private void serve() {
        primary.onMessage(TWO, new Acknowledge(1, 0, 0), nowMillis * MILLIS);
        ticksUntil(nowMillis + 10);
        assertThat(primary.state()).isEqualTo(ReplicaState.SERVING);
    }

    private void put() {
        primary.onRequest(
                new Request(
                        new OperationId(7, 1),
                        1,
                        1,
                        1,
                        1,
                        Scene.key("k"),
                        new Request.Task.Write(new EntryOperation.Put(Scene.value("v")))),
                nowMillis * MILLIS,
                0);
    }

    private void ticksUntil(long millis) {
        while (nowMillis < millis) {
            nowMillis += 10;
            primary.onTick(nowMillis * MILLIS, 0);
        }
    }

    @Test
    void backupThatOwesNothing_isLeftAlone() {
        serve();
        ticksUntil(10_000);

        assertThat(host.asked).isEmpty();
    }

    @Test
    void backupThatDoesNotAcknowledge_isToBeTakenOut() {
        serve();
        ticksUntil(1_000);
        put();
        ticksUntil(1_490);
        assertThat(host.asked).isEmpty();

        ticksUntil(1_700);
        assertThat(host.asked).contains(new Shrink(1, TWO));
    }

    @Test
    void backupThatDoesNotTakeOverTheLog_isToBeTakenOut() {
        ticksUntil(700);

        assertThat(host.asked).contains(new Shrink(1, TWO));
    }

    @Test
    void primaryThatStoodStillItself_blamesNobody() {
        serve();
        put();
        nowMillis = 5_000;
        ticksUntil(5_490);
        assertThat(host.asked).isEmpty();

        primary.onMessage(TWO, new Acknowledge(1, 0, 1), nowMillis * MILLIS);
        ticksUntil(8_000);
        assertThat(host.asked).isEmpty();
        assertThat(host.committed).hasSize(1);
    }
}
