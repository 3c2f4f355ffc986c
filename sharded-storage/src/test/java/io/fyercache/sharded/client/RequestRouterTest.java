package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.client.CallOutcome.Closed;
import io.fyercache.sharded.client.CallOutcome.OutcomeUnknown;
import io.fyercache.sharded.client.CallOutcome.Overloaded;
import io.fyercache.sharded.client.CallOutcome.TimedOut;
import io.fyercache.sharded.client.RecordedHost.Sent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.AlreadyAcknowledged;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.Moved;
import io.fyercache.sharded.message.Answer.NoLicence;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.Answer.PartitionLost;
import io.fyercache.sharded.message.Answer.TooFewCopies;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestRouterTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final long CLIENT = -5;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final Incarnation THREE = new Incarnation(3);
    private static final RetryPolicy POLICY = new RetryPolicy(100 * MILLIS, 10 * MILLIS, 40 * MILLIS, 50 * MILLIS);
    private static final Done DONE = Done.NOTHING;
    private static final Answered ANSWERED = new Answered(OperationResult.None.NONE, 0);
    private static final Task PUT = new Task.Write(new EntryOperation.Put(new EncodedValue(new byte[] {1})));
    private static final EntryKey KEY = key(0);

    /** 700 ms before the end of the numbers: the clock has no beginning. */
    private final long start = Long.parseLong("9223372036154775807");

    private final RecordedHost host = new RecordedHost();
    private final RequestRouter router = new RequestRouter(CLIENT, host, POLICY, start);
    private final List<CallOutcome> outcomes = new ArrayList<>();
    private PartitionRecord record = PartitionRecord.founding(List.of(ONE, TWO, THREE));
    private long tableVersion;
    private long now = start;

    private static EntryKey key(int number) {
        return new EntryKey(0, new EncodedKey(new byte[] {(byte) number}));
    }

    private void learn(PartitionRecord next) {
        record = next;
        router.onTable(
                new VersionedTable(++tableVersion, PartitionTable.of(PartitionLayout.spread(1), List.of(next))), now);
    }

    private void learn() {
        learn(record);
    }

    private void submit(Task task) {
        submit(task, 10 * SECOND);
    }

    private void submit(Task task, long patienceNanos) {
        router.submit(KEY, task, 1, now + patienceNanos, now, outcomes::add);
    }

    private void submitMany(int count) {
        for (int i = 0; i < count; i++) {
            submit(PUT);
        }
    }

    private Sent last() {
        return host.sent.get(host.sent.size() - 1);
    }

    private Request lastRequest() {
        return last().call().request();
    }

    private void answerLast(Answer answer) {
        answer(lastRequest().id(), lastRequest().attempt(), answer);
    }

    private void answer(long sequence, Answer answer) {
        answer(new OperationId(CLIENT, sequence), 1, answer);
    }

    private void answer(OperationId id, int attempt, Answer answer) {
        router.onReply(new Reply(0, id, attempt, answer), now);
    }

    /** Lets time pass as it does for a process that does not stand still. */
    private void pass(long millis) {
        for (long each = 0; each < millis; each++) {
            now += MILLIS;
            router.onTick(now);
        }
    }

    // ---- the way there and back

    @Test
    void call_goesToThePrimary_andItsAnswerComesBack() {
        learn();
        submit(PUT);

        assertThat(last()).isEqualTo(new Sent(ONE, last().call()));
        assertThat(last().call().partition()).isZero();
        assertThat(lastRequest()).isEqualTo(new Request(new OperationId(CLIENT, 1), 1, 1, 1, 1, KEY, PUT));
        answerLast(new Done(new OperationResult.Flag(true), CacheCounters.PUT));

        assertThat(outcomes).containsExactly(new Answered(new OperationResult.Flag(true), CacheCounters.PUT));
        assertThat(router.calls()).isZero();
    }

    @Test
    void calls_goToThePartitionsOfTheirKeys() {
        List<PartitionRecord> records = List.of(
                PartitionRecord.founding(List.of(ONE)),
                PartitionRecord.founding(List.of(TWO)),
                PartitionRecord.founding(List.of(THREE)),
                PartitionRecord.founding(List.of(ONE)));
        PartitionTable table = PartitionTable.of(PartitionLayout.spread(records.size()), records);
        router.onTable(new VersionedTable(1, table), now);

        for (int number = 0; number < 100; number++) {
            router.submit(key(number), PUT, 1, now + SECOND, now, outcomes::add);

            int partition = key(number).partition(table.layout());
            assertThat(last().call().partition()).isEqualTo(partition);
            assertThat(last().to()).isEqualTo(records.get(partition).primary());
        }
        assertThat(host.sent.stream()
                        .filter(sent -> sent.call().partition() == 2)
                        .map(sent -> sent.call().request().id().sequence()))
                .as("sequences count for each partition")
                .startsWith(1L, 2L, 3L);
    }

    @Test
    void call_beforeThereIsATable_waitsForIt() {
        submit(PUT);
        submit(Task.Read.READ);
        assertThat(host.sent).isEmpty();
        assertThat(host.tablesWanted).isEqualTo(1);

        learn();

        assertThat(host.sent).hasSize(2);
        assertThat(host.sent.get(0).call().request().task()).isEqualTo(PUT);
    }

    @Test
    void call_withoutTableUntilItsTimeIsOver_hasNotHappened() {
        submit(PUT, 200 * MILLIS);

        pass(199);
        assertThat(outcomes).isEmpty();
        assertThat(host.tablesWanted).isEqualTo(4);
        pass(1);
        learn();

        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT);
        assertThat(host.sent).isEmpty();
    }

    @Test
    void call_afterItsDeadline_isNotSent() {
        learn();
        submit(PUT, 0);

        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT);
        assertThat(host.sent).isEmpty();
        assertThat(router.calls()).isZero();
    }

    @Test
    void copiesOutOfRange_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.submit(KEY, PUT, 0, now + 1, now, outcomes::add))
                .withMessage("minInSync: 0 (expected: 1..256)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.submit(KEY, PUT, 257, now + 1, now, outcomes::add))
                .withMessage("minInSync: 257 (expected: 1..256)");
        assertThat(router.calls()).isZero();
    }

    // ---- the table

    @Test
    void olderTable_isNotTaken() {
        learn();
        PartitionRecord first = record;
        learn(record.takeOver(TWO, List.of(ONE)));
        router.onTable(new VersionedTable(1, PartitionTable.of(PartitionLayout.spread(1), List.of(first))), now);
        submit(PUT);

        assertThat(last().to()).isEqualTo(TWO);
    }

    @Test
    void tableOfAnotherNumberOfPartitions_isRefused() {
        learn();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.onTable(
                        new VersionedTable(2, PartitionTable.initial(PartitionLayout.spread(2), ONE)), now))
                .withMessage("number of partitions: 2 (expected: 1, which is fixed for the life of a cluster)");
    }

    @Test
    void newPrimary_isAskedAtOnce_andBothMayHaveDoneIt() {
        learn();
        submit(PUT, SECOND);
        learn(record.takeOver(TWO, List.of(ONE)));

        assertThat(last().to()).isEqualTo(TWO);
        assertThat(lastRequest()).isEqualTo(host.sent.get(0).call().request().again());
        pass(1_000);
        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void newRecordOfTheSamePrimary_changesNothing() {
        learn();
        submit(PUT);
        learn(record.shrink(List.of(TWO)));

        assertThat(host.sent).hasSize(1);
    }

    @Test
    void newPrimary_endsAPause() {
        learn();
        submit(PUT);
        answerLast(NotServing.NOT_SERVING);
        learn(record.handOver(TWO));

        assertThat(last().to()).isEqualTo(TWO);
        answerLast(NotServing.NOT_SERVING);
        pass(10);
        assertThat(host.sent).as("pauses begin anew").hasSize(3);
    }

    @Test
    void whoeverNamesTheNewPrimary_isFollowedAtOnce_andWithAllCalls() {
        learn();
        submit(PUT);
        PartitionRecord next = record.handOver(TWO);
        answerLast(new Moved(next.version(), TWO));

        assertThat(last().to()).isEqualTo(TWO);
        assertThat(lastRequest())
                .as("it has had no effect")
                .isEqualTo(host.sent.get(0).call().request().again(1));
        submit(PUT);
        assertThat(last().to()).isEqualTo(TWO);
        assertThat(host.tablesWanted).isZero();

        learn(next);
        assertThat(host.sent).hasSize(3);
        learn(record.handOver(THREE));
        assertThat(host.sent.subList(3, 5)).extracting(Sent::to).containsOnly(THREE);
    }

    @Test
    void whoeverNamesAPrimaryOfBefore_isNotFollowed() {
        learn();
        long before = record.version();
        learn(record.handOver(TWO));
        submit(PUT);
        answerLast(new Moved(before, ONE));

        assertThat(host.sent).hasSize(1);
        assertThat(host.tablesWanted).isEqualTo(1);
        pass(10);
        assertThat(last().to()).isEqualTo(TWO);
    }

    @Test
    void writeThatADeposedPrimaryHadInItsLog_isDoubtful_andGoesOnWithTheSuccessor() {
        learn();
        submit(PUT, 200 * MILLIS);
        answer(lastRequest().id(), Reply.ANY_ATTEMPT, new Moved(record.version() + 1, TWO));

        assertThat(last().to()).isEqualTo(TWO);
        pass(200);
        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void wishesForTheTable_areNotRepeatedAllTheTime() {
        learn();
        submit(PUT);
        for (int i = 0; i < 20; i++) {
            answerLast(NotServing.NOT_SERVING);
            pass(40);
        }

        assertThat(host.sent).hasSizeGreaterThan(15);
        assertThat(host.tablesWanted).isBetween(8, 16);
    }

    // ---- attempts

    @Test
    void notServing_isAskedAgainAfterPausesThatGrow() {
        learn();
        submit(PUT);
        List<Long> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(lastRequest().attempt()).isEqualTo(attempt);
            answerLast(NotServing.NOT_SERVING);
            long before = now;
            while (host.sent.size() == attempt) {
                pass(1);
            }
            pauses.add((now - before) / MILLIS);
        }

        assertThat(pauses).containsExactly(10L, 20L, 40L, 40L, 40L);
    }

    @Test
    void attemptWithoutAnswer_isRepeated_andTheTableWishedFor() {
        learn();
        submit(PUT);

        pass(100);
        assertThat(host.tablesWanted).isEqualTo(1);
        assertThat(host.sent).hasSize(1);
        pass(10);

        assertThat(host.sent).hasSize(2);
        assertThat(lastRequest()).isEqualTo(host.sent.get(0).call().request().again());
    }

    @Test
    void connectionLost_concernsWhatWasSentOverIt() {
        learn();
        submit(PUT);
        router.onConnectionLost(TWO, now);
        pass(50);
        assertThat(host.sent).hasSize(1);

        router.onConnectionLost(ONE, now);
        router.onConnectionLost(ONE, now);
        pass(9);
        assertThat(host.sent).hasSize(1);
        pass(1);

        assertThat(host.sent).hasSize(2);
        assertThat(host.tablesWanted).isEqualTo(1);
    }

    @Test
    void memberThatCannotBeSentTo_isTriedAgain_andNothingHasHappened() {
        learn();
        host.refusesToSend = true;
        submit(PUT, SECOND);
        pass(500);
        assertThat(host.tablesWanted).isPositive();
        host.refusesToSend = false;
        pass(40);
        assertThat(lastRequest().attempt()).isEqualTo(1);
        answerLast(NotServing.NOT_SERVING);
        host.refusesToSend = true;
        pass(500);

        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT);
    }

    @Test
    void answerToAnEarlierAttempt_doesNotCount() {
        learn();
        submit(PUT);
        pass(110);
        OperationId id = lastRequest().id();
        answer(id, 1, DONE);
        answer(id, 1, new TooFewCopies(1, 2));
        answer(id, 3, DONE);
        assertThat(outcomes).isEmpty();

        answer(id, 2, DONE);
        assertThat(outcomes).containsExactly(ANSWERED);
    }

    @Test
    void answerThatIsTrueForAnyAttempt_counts() {
        learn();
        submit(PUT);
        pass(110);

        answer(lastRequest().id(), Reply.ANY_ATTEMPT, DONE);

        assertThat(outcomes).containsExactly(ANSWERED);
    }

    @Test
    void answerDuringThePause_countsIfItIsToTheLastAttempt() {
        learn();
        submit(PUT);
        pass(105);
        answer(1, NotServing.NOT_SERVING);
        assertThat(outcomes).isEmpty();

        answer(1, DONE);
        pass(1_000);

        assertThat(outcomes).containsExactly(ANSWERED);
        assertThat(host.sent).hasSize(1);
    }

    @Test
    void secondAnswer_findsNobody() {
        learn();
        submit(PUT);
        answer(1, DONE);
        answer(1, DONE);

        assertThat(outcomes).containsExactly(ANSWERED);
    }

    @Test
    void answersThatAreNotOurs_findNobody() {
        learn();
        submit(PUT);
        answer(new OperationId(CLIENT + 1, 1), 1, DONE);
        answer(2, DONE);
        answer(0, DONE);
        router.onReply(new Reply(1, new OperationId(CLIENT, 1), 1, DONE), now);

        assertThat(outcomes).isEmpty();
    }

    // ---- how calls end that nobody carries out

    @Test
    void refusedUntilItsTimeIsOver_hasNotHappened() {
        learn();
        submit(PUT, 200 * MILLIS);
        for (int i = 0; i < 200; i++) {
            if (lastRequest().attempt() == host.sent.size()) {
                answerLast(NotServing.NOT_SERVING);
            }
            pass(1);
        }

        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT);
    }

    @Test
    void withoutLicenceUntilItsTimeIsOver_saysSo() {
        assertThat(endingWith(NoLicence.NO_LICENCE)).isEqualTo(CallOutcome.NoLicence.NO_LICENCE);
    }

    @Test
    void busyUntilItsTimeIsOver_saysSo_andTheTableIsNotToBlame() {
        assertThat(endingWith(Busy.BUSY)).isEqualTo(Overloaded.OVERLOADED);
        assertThat(host.tablesWanted).isZero();
    }

    /** Gives every attempt of a call that answer, and returns its outcome. */
    private CallOutcome endingWith(Answer answer) {
        learn();
        submit(PUT, 200 * MILLIS);
        while (outcomes.isEmpty()) {
            answerLast(answer);
            pass(1);
        }
        assertThat(host.sent).hasSizeGreaterThan(3);
        return outcomes.get(0);
    }

    @Test
    void writeThatWasSentAndNotAnswered_mayHaveHappened() {
        learn();
        submit(PUT, 50 * MILLIS);
        pass(50);

        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void writeThatWasRefusedAfterAnAttemptWithoutAnswer_mayHaveHappened() {
        learn();
        submit(PUT, 200 * MILLIS);
        pass(110);
        answerLast(NoLicence.NO_LICENCE);
        pass(90);

        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void writeOfWhichThePrimaryWasDeposed_mayHaveHappened() {
        learn();
        submit(PUT, 200 * MILLIS);
        answer(lastRequest().id(), Reply.ANY_ATTEMPT, NotServing.NOT_SERVING);
        pass(10);
        answerLast(NotServing.NOT_SERVING);
        pass(190);

        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void readThatWasSentAndNotAnswered_hasTimedOut() {
        learn();
        submit(Task.Read.READ, 250 * MILLIS);
        pass(250);

        assertThat(host.sent).hasSizeGreaterThan(1);
        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT);
    }

    @Test
    void tooFewCopies_isToldAtOnce() {
        learn();
        submit(PUT);
        answerLast(new TooFewCopies(1, 2));

        assertThat(outcomes).containsExactly(new CallOutcome.TooFewCopies(1, 2));
    }

    @Test
    void tooFewCopies_ofWhatMayHaveHappened_isTriedAgain() {
        learn();
        submit(PUT);
        pass(110);
        answerLast(new TooFewCopies(1, 2));
        assertThat(outcomes).isEmpty();
        pass(20);
        answerLast(DONE);

        assertThat(outcomes).containsExactly(ANSWERED);
    }

    @Test
    void lostPartition_isToldAtOnce() {
        learn();
        submit(PUT);
        answerLast(new PartitionLost(2));

        assertThat(outcomes).containsExactly(new CallOutcome.PartitionLost(2));
    }

    /** An earlier attempt may be late, and find the loss acknowledged. */
    @Test
    void lostPartition_ofWhatMayYetHappen_isTriedAgain() {
        learn();
        submit(PUT);
        pass(110);
        answerLast(new PartitionLost(2));
        assertThat(outcomes).isEmpty();
        pass(20);
        answerLast(DONE);

        assertThat(outcomes).containsExactly(ANSWERED);
    }

    @Test
    void clientThatBrokeItsWord_knowsNothing() {
        learn();
        submit(PUT);
        answerLast(AlreadyAcknowledged.ALREADY_ACKNOWLEDGED);

        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    // ---- generations

    @Test
    void anotherGenerationThanThatOfTheFirstAttempt_knowsNothing() {
        learn();
        submit(PUT);
        pass(100);
        learn(record.reset(new Incarnation(9)));
        assertThat(lastRequest().firstGeneration()).isEqualTo(1);
        answerLast(Answer.OutcomeUnknown.OUTCOME_UNKNOWN);

        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void anotherGenerationThanTheClientKnew_isLearned_andTheCallGoesOn() {
        learn();
        submit(PUT);
        answerLast(Answer.OutcomeUnknown.OUTCOME_UNKNOWN);
        assertThat(outcomes).isEmpty();
        assertThat(host.tablesWanted).isEqualTo(1);
        learn(record.reset(new Incarnation(9)));

        assertThat(last().to()).isEqualTo(new Incarnation(9));
        assertThat(lastRequest().firstGeneration()).isEqualTo(2);
        assertThat(lastRequest().attempt()).isEqualTo(2);
    }

    // ---- limits

    @Test
    void callsBeyondTheWindow_waitForTheOldest() {
        learn();
        submitMany(OperationId.WINDOW + 2);
        assertThat(host.sent).hasSize(OperationId.WINDOW);
        LongStream.rangeClosed(2, 500).forEach(sequence -> answer(sequence, DONE));
        assertThat(host.sent).hasSize(OperationId.WINDOW);

        answer(1, DONE);

        assertThat(host.sent).hasSize(OperationId.WINDOW + 2);
        assertThat(lastRequest().id().sequence()).isEqualTo(OperationId.WINDOW + 2);
        assertThat(lastRequest().acknowledgedBelow()).isEqualTo(501);
        assertThat(outcomes).hasSize(500);
    }

    @Test
    void acknowledgedBelow_isTheOldestWithoutAnswer() {
        learn();
        submitMany(3);
        assertThat(lastRequest().acknowledgedBelow()).isEqualTo(1);
        answer(1, DONE);
        answer(3, DONE);
        submitMany(1);
        assertThat(lastRequest().acknowledgedBelow()).isEqualTo(2);
        answer(2, DONE);
        answer(4, DONE);
        submitMany(1);

        assertThat(lastRequest().acknowledgedBelow()).isEqualTo(5);
    }

    @Test
    void callThatWaitsForItsTurnUntilItsTimeIsOver_hasNotHappened() {
        learn();
        submitMany(OperationId.WINDOW);
        submit(PUT, 30 * MILLIS);
        submit(PUT, 60 * MILLIS);

        pass(30);
        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT);
        pass(30);

        assertThat(outcomes).containsExactly(TimedOut.TIMED_OUT, TimedOut.TIMED_OUT);
        assertThat(host.sent).hasSize(OperationId.WINDOW);
    }

    @Test
    void callsWhoseTimeIsOver_makeRoomForOthers() {
        learn();
        for (int i = 0; i < OperationId.WINDOW; i++) {
            submit(PUT, 50 * MILLIS);
        }
        submit(PUT);
        pass(50);

        assertThat(outcomes).hasSize(OperationId.WINDOW).containsOnly(OutcomeUnknown.OUTCOME_UNKNOWN);
        assertThat(lastRequest().id().sequence()).isEqualTo(OperationId.WINDOW + 1);
    }

    @Test
    void moreCallsThanMayBe_areRefused_untilOneEnds() {
        learn();
        submitMany(RequestRouter.MAX_CALLS);
        assertThat(outcomes).isEmpty();
        submit(PUT);
        assertThat(outcomes).containsExactly(Overloaded.OVERLOADED);

        answer(1, DONE);
        submit(PUT);

        assertThat(outcomes).containsExactly(Overloaded.OVERLOADED, ANSWERED);
        assertThat(router.calls()).isEqualTo(RequestRouter.MAX_CALLS);
    }

    @Test
    void requestIsNotSentAgain_whenItsLifeIsOver() {
        learn();
        submit(PUT, 10 * Request.LIFE_MILLIS * MILLIS);
        long firstNanos = now;
        while (outcomes.isEmpty()) {
            pass(10);
        }

        assertThat((now - firstNanos) / MILLIS).isEqualTo(Request.LIFE_MILLIS);
        assertThat(outcomes).containsExactly(OutcomeUnknown.OUTCOME_UNKNOWN);
    }

    @Test
    void partitionThatWasNotUsedForLong_countsOn() {
        learn();
        submitMany(2);
        answer(1, DONE);
        answer(2, DONE);
        pass(5_000);
        submitMany(1);

        assertThat(lastRequest().id().sequence()).isEqualTo(3);
        assertThat(lastRequest().acknowledgedBelow()).isEqualTo(3);
    }

    // ---- the end

    @Test
    void close_endsAllCalls_andSaysOfWhichNothingHasHappened() {
        submit(PUT);
        router.close(now);
        assertThat(outcomes).as("without a table").containsExactly(Closed.CLOSED);
        assertThat(router.calls()).isZero();
    }

    @Test
    void close_leavesInDoubtWhatWasSent_butForReads() {
        learn();
        submitMany(OperationId.WINDOW - 1);
        submit(Task.Read.READ);
        submit(PUT); // Its turn has not come.

        router.close(now);

        assertThat(outcomes).hasSize(OperationId.WINDOW + 1);
        assertThat(outcomes.get(0)).as("waiting").isEqualTo(Closed.CLOSED);
        assertThat(outcomes.subList(1, OperationId.WINDOW)).containsOnly(OutcomeUnknown.OUTCOME_UNKNOWN);
        assertThat(outcomes.get(OperationId.WINDOW)).as("read").isEqualTo(Closed.CLOSED);
        assertThat(router.calls()).isZero();
    }
}
