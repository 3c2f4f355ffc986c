package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** J1, B3: how the parts of a copy and the entries of the log meet. */
class CopyPartsTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final PartitionRecord RECORD = PartitionRecord.initial(ONE).startJoin(TWO);
    private static final long STREAM = 1;
    private static final EntryKey KEY = Scene.key("k");

    private final SilentHost host = new SilentHost();

    private PartitionReplica replica(Incarnation self) {
        PartitionReplica replica = host.replica(self, Rules.ALL);
        replica.install(RECORD, 0);
        return replica;
    }

    @Test
    void emptyPartition_takesTwoRoundTrips() {
        PartitionReplica primary = replica(ONE);

        primary.onTick(0, 0);
        primary.onMessage(TWO, new CopyProgress(1, STREAM, CopyPosition.BEGIN), MILLIS);
        primary.onMessage(TWO, new CopyProgress(1, STREAM, CopyPosition.END), 2 * MILLIS);

        assertThat(host.sent)
                .containsExactly(
                        new CopyStart(1, STREAM, RECORD.version(), 0, 0, List.of(), List.of()),
                        new CopyPart(1, STREAM, 0, CopyPosition.END, List.of(), Map.of()));
        assertThat(host.asked).containsExactly(new Expand(RECORD.version(), TWO));
    }

    @Test
    void partThatIsNotAnswered_isMadeAnew() {
        PartitionReplica primary = replica(ONE);
        primary.onTick(0, 0);
        primary.onMessage(TWO, new CopyProgress(1, STREAM, CopyPosition.BEGIN), MILLIS);
        host.sent.clear();

        primary.onMessage(TWO, new CopyProgress(1, STREAM, CopyPosition.BEGIN), 2 * MILLIS);
        primary.onTick(100 * MILLIS, 0);
        assertThat(host.sent).isEmpty();
        primary.onTick(101 * MILLIS, 0);

        assertThat(host.sent).containsExactly(new CopyPart(1, STREAM, 0, CopyPosition.END, List.of(), Map.of()));
    }

    // ---- the receiver

    private static LogEntry put(long number, String value) {
        return new LogEntry(
                number,
                1,
                number,
                null,
                List.of(new Effect.Store(KEY, Scene.value(value), Long.MAX_VALUE, Notice.NONE)),
                Done.NOTHING);
    }

    private static CopyPart part(long asOf, String value) {
        return new CopyPart(
                1,
                STREAM,
                asOf,
                CopyPosition.END,
                List.of(),
                Map.of(KEY, new StoredEntry(Scene.value(value), Long.MAX_VALUE)));
    }

    private PartitionReplica joining() {
        PartitionReplica joining = replica(TWO);
        joining.onMessage(ONE, new CopyStart(1, STREAM, RECORD.version(), 0, 0, List.of(), List.of()), 0);
        host.sent.clear();
        return joining;
    }

    private static long digestWith(String value) {
        PartitionCopy copy = PartitionCopy.empty();
        copy.apply(put(1, value), CommitWitness.NONE);
        return copy.digest();
    }

    @Test
    void partThatComesBeforeItsEntries_waitsForThem() {
        PartitionReplica joining = joining();

        joining.onMessage(ONE, part(2, "v2"), 0);
        joining.onMessage(ONE, new Prepare(1, List.of(put(1, "v1")), 0), 0);
        assertThat(host.sent).containsExactly(new Acknowledge(1, STREAM, 1));
        assertThat(joining.digest()).isEqualTo(PartitionCopy.empty().digest());
        joining.onMessage(ONE, new Prepare(1, List.of(put(2, "v2"), put(3, "v3")), 3), 0);

        assertThat(host.sent)
                .containsExactly(
                        new Acknowledge(1, STREAM, 1),
                        new CopyProgress(1, STREAM, CopyPosition.END),
                        new Acknowledge(1, STREAM, 3));
        assertThat(joining.digest()).isEqualTo(digestWith("v3"));
    }

    @Test
    void partThatIsOlderThanWhatWasCarriedOut_isNotTaken() {
        PartitionReplica joining = joining();
        joining.onMessage(ONE, new Prepare(1, List.of(put(1, "v1"), put(2, "v2")), 2), 0);

        joining.onMessage(ONE, part(1, "v1"), 0);
        assertThat(joining.digest()).isEqualTo(PartitionCopy.empty().digest());
        joining.onMessage(ONE, part(2, "v2"), 0);

        assertThat(host.sent)
                .containsExactly(
                        new Acknowledge(1, STREAM, 2),
                        new CopyProgress(1, STREAM, CopyPosition.BEGIN),
                        new CopyProgress(1, STREAM, CopyPosition.END));
        assertThat(joining.digest()).isEqualTo(digestWith("v2"));
    }

    @Test
    void partCarriesOutWhatItContains_onWhatIsHere() {
        PartitionReplica joining = joining();
        joining.onMessage(ONE, part(0, "v0"), 0);
        joining.onMessage(ONE, new Prepare(1, List.of(put(1, "v1")), 0), 0);
        assertThat(joining.digest()).isEqualTo(digestWith("v0"));

        joining.onMessage(ONE, part(1, "v1"), 0);

        assertThat(joining.digest()).isEqualTo(digestWith("v1"));
    }

    /** L4: it is about a cache, so it comes with no part. */
    @Test
    void acknowledgedLoss_isCarriedOut_howeverLittleIsHere() {
        PartitionReplica joining = joining();
        LogEntry acknowledged = new LogEntry(1, 1, 1, null, List.of(new Effect.AcknowledgeLoss(KEY)), Done.NOTHING);
        PartitionCopy expected = PartitionCopy.empty();
        expected.acknowledgeLoss(KEY.cache());

        joining.onMessage(ONE, new Prepare(1, List.of(acknowledged), 1), 0);

        assertThat(joining.digest()).isEqualTo(expected.digest());
    }
}
