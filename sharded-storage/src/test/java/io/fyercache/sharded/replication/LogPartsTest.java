package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B1, B2: the log goes to its followers in parts, of which no more than a window's length is under way. */
class LogPartsTest {
    private static final long MILLIS = 1_000_000;
    private static final int MIB = 1 << 20;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final Incarnation THREE = new Incarnation(3);
    private static final Incarnation FOUR = new Incarnation(4);

    private final SilentHost host = new SilentHost();
    private long nowMillis;
    private long lastSequence;

    private PartitionReplica replica(Incarnation self, PartitionRecord record) {
        return replica(self, record, Rules.ALL);
    }

    private PartitionReplica replica(Incarnation self, PartitionRecord record, Rules rules) {
        PartitionReplica replica = host.replica(self, rules);
        replica.install(record, 0);
        return replica;
    }

    private PartitionReplica servingWithBackup() {
        PartitionReplica primary = replica(ONE, PartitionRecord.founding(List.of(ONE, TWO)));
        primary.onMessage(TWO, new Acknowledge(1, 0, 0), 0);
        tick(primary);
        assertThat(primary.state()).isEqualTo(ReplicaState.SERVING);
        host.sent.clear();
        return primary;
    }

    private void tick(PartitionReplica replica) {
        nowMillis += 10;
        replica.onTick(nowMillis * MILLIS, 0);
    }

    private void put(PartitionReplica primary, int bytes) {
        primary.onRequest(
                new Request(
                        new OperationId(7, ++lastSequence),
                        1,
                        1,
                        1,
                        1,
                        Scene.key("k" + lastSequence),
                        new Request.Task.Write(new EntryOperation.Put(new EncodedValue(new byte[bytes])))),
                nowMillis * MILLIS,
                0);
    }

    private static List<Long> numbers(List<PartitionMessage> messages) {
        List<Long> numbers = new ArrayList<>();
        for (PartitionMessage message : messages) {
            if (message instanceof Prepare prepare) {
                prepare.entries().forEach(entry -> numbers.add(entry.number()));
            }
        }
        return numbers;
    }

    @Test
    void followerThatDoesNotAcknowledge_hasTheWindowUnderWay_andNoMore() {
        PartitionReplica primary = servingWithBackup();

        for (int i = 0; i < 20; i++) {
            put(primary, MIB);
        }

        assertThat(numbers(host.sent)).as("of 4 MiB").containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void acknowledgement_makesRoomForWhatComesNext() {
        PartitionReplica primary = servingWithBackup();
        for (int i = 0; i < 20; i++) {
            put(primary, MIB);
        }
        host.sent.clear();

        primary.onMessage(TWO, new Acknowledge(1, 0, 2), nowMillis * MILLIS);

        assertThat(numbers(host.sent)).containsExactly(5L, 6L);
    }

    @Test
    void silentFollower_isSentOnePartAgain_andTheRestWhenItAnswers() {
        PartitionReplica primary = servingWithBackup();
        for (int i = 0; i < 8; i++) {
            put(primary, 100_000);
        }
        host.sent.clear();

        for (int i = 0; i < 11; i++) {
            tick(primary);
        }
        put(primary, 100_000);
        assertThat(numbers(host.sent)).as("256 KiB of them").containsExactly(1L, 2L);
        host.sent.clear();
        primary.onMessage(TWO, new Acknowledge(1, 0, 2), nowMillis * MILLIS);

        assertThat(numbers(host.sent)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(host.sent).hasSize(4);
    }

    @Test
    void silentFollowerThatWasOnlySlow_isNotSentAgainWhatItHas() {
        PartitionReplica primary = servingWithBackup();
        for (int i = 0; i < 8; i++) {
            put(primary, 100_000);
        }
        for (int i = 0; i < 11; i++) {
            tick(primary);
        }
        host.sent.clear();

        primary.onMessage(TWO, new Acknowledge(1, 0, 8), nowMillis * MILLIS);
        put(primary, 100_000);

        assertThat(numbers(host.sent)).containsExactly(9L);
    }

    @Test
    void followerThatMissesAPart_isSentItAtOnce_andOnce() {
        PartitionReplica primary = servingWithBackup();
        for (int i = 0; i < 8; i++) {
            put(primary, 200_000);
        }
        primary.onMessage(TWO, new Acknowledge(1, 0, 2), nowMillis * MILLIS);
        host.sent.clear();

        primary.onMessage(TWO, new Acknowledge(1, 0, 2), nowMillis * MILLIS);
        primary.onMessage(TWO, new Acknowledge(1, 0, 2), nowMillis * MILLIS);

        assertThat(numbers(host.sent)).containsExactly(3L);
    }

    // ---- a take-over

    private static LogEntry entry(long number, long epoch) {
        return new LogEntry(number, epoch, 0, null, List.of(), Done.NOTHING);
    }

    /** Returns the backup of an epoch, with three entries that are not committed, as far as it knows. */
    private PartitionReplica backupWithLog(PartitionRecord record, Rules rules) {
        PartitionReplica backup = replica(TWO, record, rules);
        backup.onMessage(ONE, new Reconcile(1, 0, 0, List.of()), 0);
        backup.onMessage(ONE, new Prepare(1, List.of(entry(1, 1), entry(2, 1), entry(3, 1)), 0), 0);
        host.sent.clear();
        return backup;
    }

    /** Returns what a backup sends as the next primary, if the one before it has sent one of three entries and was gone. */
    private Reconcile logAfterHalfATakeover(Rules rules) {
        PartitionRecord first = PartitionRecord.founding(List.of(ONE, TWO, THREE, FOUR));
        PartitionReplica backup = backupWithLog(first, rules);
        PartitionRecord second = first.takeOver(THREE, List.of(ONE));
        backup.install(second, 0);
        backup.onMessage(THREE, new Reconcile(2, 0, 3, List.of(entry(1, 1))), 0);
        assertThat(host.sent).containsExactly(new Acknowledge(2, 0, 1));

        backup.install(second.takeOver(TWO, List.of(THREE)), 0);

        return (Reconcile) host.sent.get(1);
    }

    @Test
    void newPrimaryThatIsGoneBeforeItHasSentAll_takesNothingWithIt() {
        assertThat(logAfterHalfATakeover(Rules.ALL))
                .isEqualTo(new Reconcile(3, 0, 3, List.of(entry(1, 1), entry(2, 1), entry(3, 1))));
    }

    @Test
    void newPrimaryThatIsGone_wouldTakeMuchWithIt_wereAllDroppedThatIsNotThereYet() {
        assertThat(logAfterHalfATakeover(Rules.without(Rule.TAKEOVER_KEEPS_WHAT_AGREES)))
                .isEqualTo(new Reconcile(3, 0, 1, List.of(entry(1, 1))));
    }

    @Test
    void partsOfALogThatDiffers_replaceWhatTheNewPrimaryDoesNotHave() {
        PartitionRecord first = PartitionRecord.founding(List.of(ONE, TWO, THREE));
        PartitionReplica backup = backupWithLog(first, Rules.ALL);
        backup.install(first.takeOver(THREE, List.of(ONE)), 0);

        backup.onMessage(THREE, new Reconcile(2, 0, 2, List.of(entry(2, 2))), 0);
        backup.onMessage(THREE, new Reconcile(2, 0, 2, List.of(entry(1, 1))), 0);
        backup.onMessage(THREE, new Prepare(2, List.of(entry(3, 2)), 2), 0);
        backup.onMessage(THREE, new Reconcile(2, 0, 2, List.of(entry(2, 2))), 0);
        backup.onMessage(THREE, new Prepare(2, List.of(entry(3, 2)), 2), 0);

        assertThat(host.sent)
                .as("what came too early does not count")
                .containsExactly(
                        new Acknowledge(2, 0, 0),
                        new Acknowledge(2, 0, 1),
                        new Acknowledge(2, 0, 2),
                        new Acknowledge(2, 0, 3));
    }

    @Test
    void logOfThreeLargestEntries_comesInThreeParts() {
        PartitionRecord first = PartitionRecord.founding(List.of(ONE, TWO, THREE));
        PartitionReplica backup = replica(TWO, first);
        backup.onMessage(ONE, new Reconcile(1, 0, 0, List.of()), 0);
        Done large = new Done(new OperationResult.Value(new EncodedValue(new byte[EncodedValue.MAX_BYTES])), 0);
        for (long number = 1; number <= 3; number++) {
            LogEntry entry = new LogEntry(number, 1, 0, null, List.of(), large);
            backup.onMessage(ONE, new Prepare(1, List.of(entry), 0), 0);
            assertThat(BinarySize.of(entry)).isGreaterThan(ReplicationLimits.STANDARD.windowBytes());
        }
        host.sent.clear();

        backup.install(first.takeOver(TWO, List.of(ONE)), 0);
        assertThat(host.sent).as("one fills the window").hasSize(1);
        backup.onMessage(THREE, new Acknowledge(2, 0, 1), 0);
        backup.onMessage(THREE, new Acknowledge(2, 0, 2), 0);

        assertThat(host.sent)
                .hasSize(3)
                .allSatisfy(each -> assertThat(((Reconcile) each).entries()).hasSize(1));
    }
}
