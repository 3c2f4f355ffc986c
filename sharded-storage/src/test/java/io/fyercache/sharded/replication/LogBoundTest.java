package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B4: a follower that does not acknowledge costs the primary a bounded amount of memory. */
class LogBoundTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final EncodedValue MEBIBYTE = new EncodedValue(new byte[1 << 20]);
    private static final EncodedValue SMALL = Scene.value("v");

    /** 32 MiB of such values: the last begins before the limit. */
    private static final int MEBIBYTES = 32;

    private final SilentHost host = new SilentHost();
    private long nowMillis;
    private long lastClient;

    private PartitionReplica primary(PartitionRecord record) {
        PartitionReplica primary = host.replica(ONE, Rules.ALL);
        primary.install(record, 0);
        return primary;
    }

    private PartitionReplica servingWithBackup() {
        PartitionReplica primary = primary(PartitionRecord.founding(List.of(ONE, TWO)));
        primary.onMessage(TWO, new Acknowledge(1, 0, 0), 0);
        tick(primary);
        assertThat(primary.state()).isEqualTo(ReplicaState.SERVING);
        return primary;
    }

    /** Returns a primary without backup that has begun a copy. */
    private PartitionReplica servingWithJoining() {
        PartitionReplica primary = primary(PartitionRecord.initial(ONE).startJoin(TWO));
        tick(primary);
        primary.onMessage(TWO, new CopyProgress(1, 1, CopyPosition.BEGIN), nowMillis * MILLIS);
        return primary;
    }

    private void tick(PartitionReplica replica) {
        nowMillis += 10;
        replica.onTick(nowMillis * MILLIS, 0);
    }

    private Request put(EncodedValue value) {
        return request(new Task.Write(new EntryOperation.Put(value)));
    }

    private Request request(Task task) {
        return request(Scene.key("k"), task);
    }

    private Request request(EntryKey key, Task task) {
        return request(key, task, 1);
    }

    private Request request(EntryKey key, Task task, long generation) {
        return new Request(new OperationId(++lastClient, 1), 1, 1, generation, 1, key, task);
    }

    private void send(PartitionReplica primary, Request request) {
        primary.onRequest(request, nowMillis * MILLIS, 0);
    }

    private void putAll(PartitionReplica primary, int count, EncodedValue value) {
        for (int i = 0; i < count; i++) {
            send(primary, put(value));
        }
    }

    @Test
    void backupThatDoesNotAcknowledge_logOfSoManyBytes_takesNoMore() {
        PartitionReplica primary = servingWithBackup();

        putAll(primary, MEBIBYTES, MEBIBYTE);
        assertThat(host.answers).isEmpty();
        putAll(primary, 2, MEBIBYTE);

        assertThat(host.answers).containsExactly(Busy.BUSY, Busy.BUSY);
    }

    @Test
    void backupThatDoesNotAcknowledge_logOfSoManyEntries_takesNoMore() {
        PartitionReplica primary = servingWithBackup();

        putAll(primary, ReplicationLimits.STANDARD.logEntries(), SMALL);
        assertThat(host.answers).isEmpty();
        putAll(primary, 1, SMALL);

        assertThat(host.answers).containsExactly(Busy.BUSY);
    }

    @Test
    void acknowledgement_makesRoom() {
        PartitionReplica primary = servingWithBackup();
        putAll(primary, MEBIBYTES, MEBIBYTE);

        primary.onMessage(TWO, new Acknowledge(1, 0, 1), nowMillis * MILLIS);
        host.answers.clear();
        putAll(primary, 2, MEBIBYTE);

        assertThat(host.answers).containsExactly(Busy.BUSY);
    }

    @Test
    void repeatedOperationThatIsInTheLog_isNotRefused() {
        PartitionReplica primary = servingWithBackup();
        Request first = put(MEBIBYTE);
        send(primary, first);
        putAll(primary, MEBIBYTES, SMALL);
        putAll(primary, MEBIBYTES, MEBIBYTE);
        host.answers.clear();

        send(primary, first.again());

        assertThat(host.answers).isEmpty();
    }

    @Test
    void answersThatWait_areBoundedToo() {
        PartitionReplica primary = servingWithBackup();

        for (int i = 0; i < WaitingAnswers.MAX_WAITING; i++) {
            send(primary, request(Task.Read.READ));
        }
        assertThat(host.answers).as("nobody has granted a lease").isEmpty();
        send(primary, request(Task.Read.READ));
        putAll(primary, 1, SMALL);

        assertThat(host.answers).containsExactly(Busy.BUSY, Busy.BUSY);
    }

    @Test
    void fullLog_takesNoClearing_butAnswersWhatLeavesNothingThere() {
        PartitionReplica primary = servingWithBackup();
        putAll(primary, MEBIBYTES, MEBIBYTE);

        send(primary, request(EntryKey.ofAll(0), new Task.Clear(CachePosition.START)));
        send(primary, request(EntryKey.ofAll(0), new Task.ListKeys(CachePosition.START)));
        send(primary, request(Task.Peek.PEEK));

        assertThat(host.answers).containsExactly(Busy.BUSY);
    }

    @Test
    void fullLog_isNotAskedWhetherThereIsWhatHasExpired() {
        PartitionReplica primary = servingWithBackup();
        send(primary, request(new Task.Write(new EntryOperation.Put(SMALL, 5))));
        Request other = request(Scene.key("other"), new Task.Write(new EntryOperation.Put(MEBIBYTE)));
        for (int i = 0; i < MEBIBYTES; i++) {
            send(primary, request(other.key(), other.task()));
        }

        primary.onRequest(request(Task.Peek.PEEK), nowMillis * MILLIS, 4);
        assertThat(host.answers).isEmpty();
        primary.onRequest(request(Task.Peek.PEEK), nowMillis * MILLIS, 5);

        assertThat(host.answers).containsExactly(Busy.BUSY);
    }

    @Test
    void answersThatWait_leaveNoRoomForQuestionsAboutAWholeCache() {
        PartitionReplica primary = servingWithBackup();
        for (int i = 0; i < WaitingAnswers.MAX_WAITING; i++) {
            send(primary, request(Task.Peek.PEEK));
        }
        assertThat(host.answers).isEmpty();

        send(primary, request(Task.Peek.PEEK));
        send(primary, request(Task.ReadPresent.READ_PRESENT));
        send(primary, request(EntryKey.ofAll(0), new Task.ListKeys(CachePosition.START)));
        send(primary, request(EntryKey.ofAll(0), Task.CountEntries.COUNT_ENTRIES));
        send(primary, request(EntryKey.ofAll(0), new Task.Clear(CachePosition.START)));

        assertThat(host.answers).hasSize(5).containsOnly(Busy.BUSY);
    }

    // ---- a partition that was lost (L4)

    /** Returns the primary of the second generation, with a backup that acknowledges nothing and grants no lease. */
    private PartitionReplica servingWhatWasLost() {
        host.cache = HostedCaches.plain(LossPolicy.FAIL);
        PartitionRecord record = PartitionRecord.initial(TWO).reset(ONE);
        PartitionReplica primary = primary(record);
        tick(primary);
        record = record.startJoin(TWO);
        primary.install(record, nowMillis * MILLIS);
        primary.install(record.expand(TWO), nowMillis * MILLIS);
        assertThat(primary.state()).isEqualTo(ReplicaState.SERVING);
        return primary;
    }

    @Test
    void acknowledgementsOfALoss_thatNobodyAcknowledges_areBoundedToo() {
        PartitionReplica primary = servingWhatWasLost();

        for (int i = 0; i < CopyStart.MAX_ACKNOWLEDGED_LOSSES; i++) {
            send(primary, request(Scene.key("k"), new Task.AcknowledgeLoss(2), 2));
        }
        assertThat(host.answers).isEmpty();
        send(primary, request(Scene.key("k"), new Task.AcknowledgeLoss(2), 2));

        assertThat(host.answers).containsExactly(Busy.BUSY);
    }

    @Test
    void thoseWhoWaitToBeToldOfALoss_areBoundedToo() {
        PartitionReplica primary = servingWhatWasLost();

        for (int i = 0; i < WaitingAnswers.MAX_WAITING; i++) {
            send(primary, request(Task.Read.READ));
        }
        assertThat(host.answers).as("nobody has granted a lease").isEmpty();
        send(primary, request(Task.Read.READ));

        assertThat(host.answers).containsExactly(Busy.BUSY);
    }

    // ---- whoever is joining

    private List<PartitionMessage> starts() {
        return host.sent.stream().filter(CopyStart.class::isInstance).toList();
    }

    @Test
    void joiningThatHoldsUpHalfOfTheLog_beginsAnew_andNobodyWaits() {
        PartitionReplica primary = servingWithJoining();

        putAll(primary, MEBIBYTES / 2, MEBIBYTE);
        tick(primary);
        assertThat(starts())
                .containsExactly(
                        new CopyStart(1, 1, 2, 0, 0, List.of(), List.of()),
                        new CopyStart(1, 2, 2, MEBIBYTES / 2, 0, List.of(), List.of()));
        putAll(primary, 10 * MEBIBYTES, MEBIBYTE);

        assertThat(host.answers).doesNotContain(Busy.BUSY);
        assertThat(host.committed).hasSize(MEBIBYTES / 2 + 10 * MEBIBYTES);
    }

    @Test
    void acknowledgementOfACopyThatWasGivenUp_doesNotCount() {
        PartitionReplica primary = servingWithJoining();
        putAll(primary, MEBIBYTES / 2, MEBIBYTE);
        tick(primary);
        primary.onMessage(TWO, new CopyProgress(1, 2, CopyPosition.BEGIN), nowMillis * MILLIS);
        putAll(primary, 1, SMALL);

        primary.onMessage(TWO, new CopyProgress(1, 2, CopyPosition.END), nowMillis * MILLIS);
        primary.onMessage(TWO, new Acknowledge(1, 1, MEBIBYTES / 2 + 1), nowMillis * MILLIS);
        assertThat(host.asked).isEmpty();
        primary.onMessage(TWO, new Acknowledge(1, 2, MEBIBYTES / 2 + 1), nowMillis * MILLIS);

        assertThat(host.asked).containsExactly(new Expand(2, TWO));
    }

    @Test
    void joiningThatMayBeInSyncByNow_isWaitedFor() {
        PartitionReplica primary = servingWithJoining();
        primary.onMessage(TWO, new CopyProgress(1, 1, CopyPosition.END), nowMillis * MILLIS);
        assertThat(host.asked).containsExactly(new Expand(2, TWO));

        putAll(primary, MEBIBYTES + 1, MEBIBYTE);
        tick(primary);

        assertThat(host.answers).containsExactly(Busy.BUSY);
        assertThat(starts()).hasSize(1);
    }
}
