package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** C1, C2: a member that is taken out of a partition and joins it again has another copy, and nothing that was said of the first counts. */
class CopyIdentityTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    private final SilentHost host = new SilentHost();
    private PartitionRecord record = PartitionRecord.founding(List.of(ONE, TWO));
    private long now;

    private PartitionReplica replica(Incarnation self, Rules rules) {
        return host.replica(self, rules);
    }

    /** A primary that serves, with a backup that has joined, was taken out, and joins again. */
    private PartitionReplica primaryOfRejoining(Rules rules) {
        PartitionReplica primary = replica(ONE, rules);
        primary.install(record, now);
        primary.onMessage(TWO, new Acknowledge(1, 0, 0), now);
        tick(primary);
        assertThat(primary.state()).isEqualTo(ReplicaState.SERVING);
        record = record.shrink(List.of(TWO));
        primary.install(record, now);
        record = record.startJoin(TWO);
        primary.install(record, now);
        tick(primary);
        return primary;
    }

    private void tick(PartitionReplica replica) {
        now += MILLIS;
        replica.onTick(now, 0);
    }

    private static Request put() {
        return new Request(
                new OperationId(7, 1),
                1,
                1,
                1,
                1,
                Scene.key("k"),
                new Request.Task.Write(new EntryOperation.Put(Scene.value("v"))));
    }

    private boolean isAskedToExpandAfterAcknowledgementOfFormerCopy(Rules rules) {
        PartitionReplica primary = primaryOfRejoining(rules);
        long stream = 1;
        primary.onMessage(TWO, new CopyProgress(1, stream, CopyPosition.BEGIN), now);
        primary.onRequest(put(), now, 0);
        primary.onMessage(TWO, new CopyProgress(1, stream, CopyPosition.END), now);
        primary.onMessage(TWO, new Acknowledge(1, 0, 1), now);
        return host.asked.contains(new Expand(record.version(), TWO));
    }

    @Test
    void acknowledgementOfTheFormerCopy_doesNotCountForTheNewOne() {
        assertThat(isAskedToExpandAfterAcknowledgementOfFormerCopy(Rules.ALL)).isFalse();
    }

    @Test
    void acknowledgementOfTheFormerCopy_wouldCount_wereItNotForTheName() {
        assertThat(isAskedToExpandAfterAcknowledgementOfFormerCopy(Rules.without(Rule.ACKNOWLEDGEMENTS_NAME_COPY)))
                .isTrue();
    }

    @Test
    void acknowledgementOfTheNewCopy_counts() {
        PartitionReplica primary = primaryOfRejoining(Rules.ALL);
        long stream = 1;
        primary.onMessage(TWO, new CopyProgress(1, stream, CopyPosition.BEGIN), now);
        primary.onRequest(put(), now, 0);
        primary.onMessage(TWO, new CopyProgress(1, stream, CopyPosition.END), now);
        primary.onMessage(TWO, new Acknowledge(1, stream, 1), now);

        assertThat(host.asked).containsExactly(new Expand(record.version(), TWO));
    }

    @Test
    void recordsThatThePrimaryHasNotSeen_beginTheCopyAnew() {
        PartitionReplica primary = primaryOfRejoining(Rules.ALL);
        primary.onMessage(TWO, new CopyProgress(1, 1, CopyPosition.BEGIN), now);
        primary.onMessage(TWO, new CopyProgress(1, 1, new CopyPosition.Entries(KeyHash.BUCKETS - 1, null)), now);
        record = record.shrink(List.of(TWO)).startJoin(TWO);
        primary.install(record, now);
        tick(primary);

        assertThat(host.sent.get(host.sent.size() - 1))
                .isInstanceOfSatisfying(
                        CopyStart.class, start -> assertThat(start.version()).isEqualTo(record.version()));
        primary.onMessage(TWO, new CopyProgress(1, 1, CopyPosition.END), now);
        assertThat(host.asked).as("the rest of the former copy").isEmpty();
    }

    @Test
    void copyUnderARecordThatIsNotKnown_isNotTaken() {
        PartitionReplica joining = replica(TWO, Rules.ALL);
        record = record.shrink(List.of(TWO)).startJoin(TWO);
        joining.install(record, now);

        joining.onMessage(ONE, new CopyStart(1, 1, record.version() + 2, 0, 0, List.of(), List.of()), now);
        assertThat(host.sent).isEmpty();
        assertThat(host.tablesWanted).isEqualTo(1);

        joining.onMessage(ONE, new CopyStart(1, 1, record.version(), 0, 0, List.of(), List.of()), now);
        assertThat(host.sent).containsExactly(new CopyProgress(1, 1, CopyPosition.BEGIN));
    }
}
