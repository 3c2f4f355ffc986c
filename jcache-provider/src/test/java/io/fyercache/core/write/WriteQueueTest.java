package io.fyercache.core.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.write.WriteBehindSettings.Retries;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static final long DELAY = 1_000;
    private static final long PAUSE = 100;
    private static final double NOTHING_DRAWN = 0;

    private final WriteQueue<String, String> queue = queue(100, 1_000, 3);

    private static WriteQueue<String, String> queue(int batchSize, int maximum, int attempts) {
        return new WriteQueue<>(
                new WriteBehindSettings(DELAY, batchSize, maximum, 0, new Retries(attempts, PAUSE, 4 * PAUSE), 0));
    }

    private static DueWrite<String, String> due(String key, String change) {
        return new DueWrite<>(key, change);
    }

    /** Takes what is due, and says that all of it is in the database. */
    private static List<DueWrite<String, String>> write(WriteQueue<String, String> queue, long now) {
        List<DueWrite<String, String>> taken = queue.take(now);
        taken.forEach(each -> queue.written(each.key()));
        return taken;
    }

    // ---- delay and coalescing

    @Test
    void take_beforeTheDelayIsOver_isEmpty() {
        queue.offer("k", "a", 0);

        assertThat(queue.take(DELAY - 1)).isEmpty();
        assertThat(queue.nextDueMillis()).isEqualTo(DELAY);
        assertThat(queue.take(DELAY)).containsExactly(due("k", "a"));
    }

    @Test
    void offer_again_lastWinsAndTheDelayOfTheFirstCounts() {
        queue.offer("k", "a", 0);
        queue.offer("k", "b", DELAY - 1);

        assertThat(write(queue, DELAY)).containsExactly(due("k", "b"));
        assertThat(queue.depth()).isZero();
        assertThat(queue.nextDueMillis()).isEqualTo(WriteQueue.NEVER);
    }

    @Test
    void take_severalKeys_inTheOrderOfTheirFirstChange() {
        queue.offer("a", "1", 0);
        queue.offer("b", "1", 0);
        queue.offer("c", "1", 1);
        queue.offer("a", "2", 2);

        assertThat(queue.take(DELAY)).containsExactly(due("a", "2"), due("b", "1"));
        assertThat(queue.take(DELAY + 1)).containsExactly(due("c", "1"));
    }

    @Test
    void take_moreThanABatch_comesInSeveral() {
        WriteQueue<String, String> small = queue(2, 1_000, 3);
        List.of("a", "b", "c").forEach(key -> small.offer(key, "v", 0));

        assertThat(small.take(DELAY)).extracting(DueWrite::key).containsExactly("a", "b");
        assertThat(small.take(DELAY)).extracting(DueWrite::key).containsExactly("c");
    }

    // ---- while a write is under way

    @Test
    void find_isTheNewestUntilItIsWritten() {
        assertThat(queue.find("k")).isNull();
        queue.offer("k", "a", 0);
        queue.take(DELAY);
        assertThat(queue.find("k")).isEqualTo("a");
        queue.offer("k", "b", DELAY);
        assertThat(queue.find("k")).isEqualTo("b");
        queue.written("k");
        assertThat(queue.find("k")).isEqualTo("b");

        write(queue, 2 * DELAY);

        assertThat(queue.find("k")).isNull();
    }

    @Test
    void offer_whileUnderWay_isNotTakenBeforeTheOutcomeAndHasADelayOfItsOwn() {
        queue.offer("k", "a", 0);
        queue.take(DELAY);
        queue.offer("k", "b", DELAY + 1);
        queue.offer("k", "c", DELAY + 2);

        assertThat(queue.take(10 * DELAY)).isEmpty();
        queue.written("k");

        assertThat(queue.oldestMillis()).isEqualTo(DELAY + 1);
        assertThat(queue.take(2 * DELAY)).isEmpty();
        assertThat(queue.take(2 * DELAY + 1)).containsExactly(due("k", "c"));
    }

    @Test
    void failed_overtaken_theOlderIsNeverWrittenAgain() {
        queue.offer("k", "a", 0);
        queue.take(DELAY);
        queue.offer("k", "b", DELAY);

        assertThat(queue.failed("k", "down", NOTHING_DRAWN, DELAY)).isFalse();

        assertThat(queue.take(DELAY + PAUSE - 1)).isEmpty();
        assertThat(queue.oldestMillis())
                .as("the database has been behind all the time")
                .isZero();
        assertThat(queue.take(DELAY + PAUSE)).containsExactly(due("k", "b"));
    }

    @Test
    void outcome_ofWhatIsNotUnderWay_isRefused() {
        queue.offer("k", "a", 0);

        assertThatThrownBy(() -> queue.written("k"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("WAITING", "expected: one that is under way");
        assertThatThrownBy(() -> queue.failed("other", "down", NOTHING_DRAWN, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not queued");
        assertThat(queue.find("k")).isEqualTo("a");
    }

    // ---- failures

    @Test
    void failed_pausesDoubleUpToTheLongest_andTheDrawShortensThemByUpToAHalf() {
        Retries retries = new Retries(100, 100, 400);

        assertThat(retries.afterFailures(1, 0)).isEqualTo(100);
        assertThat(retries.afterFailures(2, 0)).isEqualTo(200);
        assertThat(retries.afterFailures(3, 0)).isEqualTo(400);
        assertThat(retries.afterFailures(90, 0)).isEqualTo(400);
        assertThat(retries.afterFailures(3, 1)).isEqualTo(200);
        assertThat(retries.afterFailures(3, 0.5)).isEqualTo(300);
    }

    @Test
    void failed_isTriedAgainAfterThePause_thenIsADeadLetterWithTheLastFailure() {
        queue.offer("k", "a", 0);
        long now = DELAY;
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(queue.take(now)).containsExactly(due("k", "a"));
            assertThat(queue.failed("k", "no. " + attempt, NOTHING_DRAWN, now)).isFalse();
            now += attempt * PAUSE;
            assertThat(queue.take(now - 1)).isEmpty();
        }
        queue.take(now);
        assertThat(queue.failed("k", "no. 3", NOTHING_DRAWN, now)).isTrue();

        assertThat(queue.deadLetters()).containsExactly(new DeadLetter<>("k", "a", 3, "no. 3"));
        assertThat(queue.depth()).isZero();
        assertThat(queue.nextDueMillis()).isEqualTo(WriteQueue.NEVER);
        assertThat(queue.oldestMillis()).isEqualTo(WriteQueue.NEVER);
        assertThat(queue.find("k")).as("the database has an older state").isEqualTo("a");
    }

    @Test
    void failed_thenOfferedAgain_hasAllAttemptsAndKeepsThePause() {
        queue.offer("k", "a", 0);
        queue.take(DELAY);
        queue.failed("k", "down", NOTHING_DRAWN, DELAY);
        queue.offer("k", "b", DELAY);

        assertThat(queue.take(DELAY + PAUSE - 1)).isEmpty();
        long now = DELAY + PAUSE;
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThat(queue.take(now)).containsExactly(due("k", "b"));
            assertThat(queue.failed("k", "down", NOTHING_DRAWN, now)).isFalse();
            now += attempt * PAUSE;
        }
        assertThat(queue.take(now)).hasSize(1);
    }

    /** Of eight that fail together, each is tried alone in the end, and none beside one that has not failed. */
    @Test
    void failed_batchIsHalvedEachTime_andTheLastAttemptIsAlone() {
        WriteQueue<String, String> eight = queue(8, 1_000, 3);
        for (int i = 0; i < 8; i++) {
            eight.offer("k" + i, "v", 0);
        }
        failAll(eight, eight.take(DELAY), DELAY);
        long second = DELAY + PAUSE;
        eight.offer("fresh", "v", second - DELAY);

        List<DueWrite<String, String>> one = eight.take(second);
        List<DueWrite<String, String>> two = eight.take(second);
        assertThat(one).hasSize(4);
        assertThat(two).hasSize(4);
        assertThat(eight.take(second)).containsExactly(due("fresh", "v"));
        failAll(eight, one, second);

        long third = second + 2 * PAUSE;
        for (int i = 0; i < 4; i++) {
            assertThat(eight.take(third)).containsExactly(one.get(i));
        }
        assertThat(eight.take(third)).isEmpty();
    }

    @Test
    void batch_ofOneAttempt_isOneChange() {
        WriteQueue<String, String> once = queue(8, 1_000, 1);
        once.offer("a", "v", 0);
        once.offer("b", "v", 0);

        assertThat(once.take(DELAY)).hasSize(1);
        assertThat(once.failed("a", "down", NOTHING_DRAWN, DELAY)).isTrue();
    }

    @Test
    void batch_afterManyFailures_isOneChange() {
        WriteQueue<String, String> patient = queue(8, 1_000, 100);
        patient.offer("a", "v", 0);
        patient.offer("b", "v", 0);
        long now = DELAY;
        for (int failures = 0; failures < 33; failures++) {
            while (patient.nextDueMillis() <= now) {
                failAll(patient, patient.take(now), now);
            }
            now += 4 * PAUSE;
        }

        assertThat(patient.take(now)).hasSize(1);
    }

    private static void failAll(WriteQueue<String, String> queue, List<DueWrite<String, String>> taken, long now) {
        taken.forEach(each -> queue.failed(each.key(), "down", NOTHING_DRAWN, now));
    }

    // ---- dead letters

    private WriteQueue<String, String> withDeadLetter() {
        WriteQueue<String, String> once = queue(8, 2, 1);
        once.offer("k", "a", 0);
        once.take(DELAY);
        once.failed("k", "down", NOTHING_DRAWN, DELAY);
        return once;
    }

    @Test
    void replay_isDueAtOnce() {
        WriteQueue<String, String> once = withDeadLetter();

        assertThat(once.replay("k", 2 * DELAY)).isTrue();

        assertThat(once.deadLetters()).isEmpty();
        assertThat(once.depth()).isEqualTo(1);
        assertThat(write(once, 2 * DELAY)).containsExactly(due("k", "a"));
        assertThat(once.replay("k", 2 * DELAY)).isFalse();
    }

    @Test
    void discard_forgetsTheChange() {
        WriteQueue<String, String> once = withDeadLetter();

        assertThat(once.discard("k")).isTrue();

        assertThat(once.find("k")).isNull();
        assertThat(once.deadLetterCount()).isZero();
        assertThat(once.take(10 * DELAY)).isEmpty();
        assertThat(once.discard("k")).isFalse();
    }

    @Test
    void discard_ofWhatIsNoDeadLetter_leavesIt() {
        queue.offer("k", "a", 0);

        assertThat(queue.discard("k")).isFalse();

        assertThat(queue.find("k")).isEqualTo("a");
    }

    @Test
    void offer_overADeadLetter_takesItsPlace() {
        WriteQueue<String, String> once = withDeadLetter();

        assertThat(once.offer("k", "b", 2 * DELAY)).isTrue();

        assertThat(once.deadLetters()).isEmpty();
        assertThat(write(once, 3 * DELAY)).containsExactly(due("k", "b"));
    }

    // ---- bound

    @Test
    void offer_full_turnsNewKeysAwayAndTakesKnownOnes() {
        WriteQueue<String, String> two = queue(8, 2, 3);
        two.offer("a", "1", 0);
        assertThat(two.isFull()).isFalse();
        two.offer("b", "1", 0);

        assertThat(two.isFull()).isTrue();
        assertThat(two.offer("c", "1", 0)).isFalse();
        assertThat(two.offer("a", "2", 0)).isTrue();
        assertThat(two.find("c")).isNull();
        assertThat(two.depth()).isEqualTo(2);
    }

    @Test
    void full_everythingIsDueAtOnce_untilThereIsRoom() {
        WriteQueue<String, String> two = queue(1, 2, 3);
        two.offer("a", "1", 5);
        two.offer("b", "1", 6);

        assertThat(two.nextDueMillis()).isEqualTo(5);
        assertThat(write(two, 6)).containsExactly(due("a", "1"));
        assertThat(two.take(6)).as("no longer full").isEmpty();
    }

    @Test
    void full_whatHasFailedPausesAllTheSame() {
        WriteQueue<String, String> two = queue(8, 2, 3);
        two.offer("a", "1", 0);
        two.take(DELAY);
        two.failed("a", "down", NOTHING_DRAWN, DELAY);
        two.offer("b", "1", DELAY);

        assertThat(two.take(DELAY)).containsExactly(due("b", "1"));
        assertThat(two.take(DELAY + PAUSE - 1)).isEmpty();
        assertThat(two.take(DELAY + PAUSE)).containsExactly(due("a", "1"));
    }

    @Test
    void deadLetters_takeRoom() {
        WriteQueue<String, String> two = withDeadLetter();
        two.offer("other", "1", DELAY);

        assertThat(two.isFull()).isTrue();
        assertThat(two.offer("third", "1", DELAY)).isFalse();
        two.discard("k");
        assertThat(two.offer("third", "1", DELAY)).isTrue();
    }

    // ---- the end

    @Test
    void hurry_everythingIsDue_whatFailsAfterwardsPauses() {
        queue.offer("failed", "1", 0);
        queue.take(DELAY);
        queue.failed("failed", "down", NOTHING_DRAWN, DELAY);
        queue.offer("waiting", "1", DELAY);

        queue.hurry();

        assertThat(queue.take(DELAY)).containsExactly(due("failed", "1"));
        assertThat(queue.take(DELAY)).containsExactly(due("waiting", "1"));
        queue.failed("failed", "down", NOTHING_DRAWN, DELAY);
        assertThat(queue.take(DELAY + 2 * PAUSE - 1)).isEmpty();
        assertThat(queue.nextDueMillis()).isEqualTo(DELAY + 2 * PAUSE);
    }

    @Test
    void oldest_isThatOfTheChangeThatWaitsLongest() {
        assertThat(queue.oldestMillis()).isEqualTo(WriteQueue.NEVER);
        queue.offer("a", "1", 3);
        queue.offer("b", "1", 4);
        queue.offer("a", "2", 5);

        assertThat(queue.oldestMillis()).isEqualTo(3);
    }

    // ---- changes that others keep, too

    @Test
    void keep_whenTheQueueIsFull_takesItIn() {
        WriteQueue<String, String> small = queue(100, 1, 3);
        small.offer("a", "1", 0);

        small.keep("b", "1", 0, 0);

        assertThat(small.depth()).isEqualTo(2);
        assertThat(small.offer("c", "1", 0)).isFalse();
    }

    @Test
    void keep_changeThatHasWaitedElsewhere_isDueAccordingly() {
        queue.keep("k", "a", -DELAY, 0);

        assertThat(queue.take(0)).containsExactly(due("k", "a"));
        assertThat(queue.oldestMillis()).isEqualTo(-DELAY);
        assertThat(queue.sinceMillis("k")).isEqualTo(-DELAY);
        assertThat(queue.sinceMillis("other")).isEqualTo(WriteQueue.NEVER);
    }

    @Test
    void keepDead_isADeadLetter_whateverThereWas() {
        queue.offer("k", "a", 0);

        queue.keepDead(new DeadLetter<>("k", "a", 7, "refused"), 0);

        assertThat(queue.depth()).isZero();
        assertThat(queue.deadLetters()).containsExactly(new DeadLetter<>("k", "a", 7, "refused"));
        assertThat(queue.take(DELAY)).isEmpty();
        assertThat(queue.replay("k", 1)).isTrue();
        assertThat(queue.take(1)).containsExactly(due("k", "a"));
    }

    @Test
    void drop_forgetsAKeyInAnyState() {
        queue.offer("waiting", "1", DELAY);
        queue.offer("failed", "1", 0);
        queue.take(DELAY);
        queue.failed("failed", "down", NOTHING_DRAWN, DELAY);
        queue.keepDead(new DeadLetter<>("dead", "1", 3, "refused"), 0);

        List.of("waiting", "failed", "dead", "unknown").forEach(queue::drop);

        assertThat(queue.depth()).isZero();
        assertThat(queue.deadLetterCount()).isZero();
        assertThat(queue.nextDueMillis()).isEqualTo(WriteQueue.NEVER);
    }

    @Test
    void drop_underWay_whatCameOfItIsNotToBeTold() {
        queue.offer("k", "1", 0);
        queue.take(DELAY);
        assertThat(queue.isUnderWay("k")).isTrue();

        queue.drop("k");
        queue.keep("k", "1", DELAY, DELAY);

        assertThat(queue.isUnderWay("k")).isFalse();
        assertThat(queue.take(2 * DELAY)).containsExactly(due("k", "1"));
    }

    @Test
    void take_whatMustNotBeWrittenNow_staysAndHoldsUpNoOthers() {
        WriteQueue<String, String> small = queue(2, 1_000, 3);
        List.of("a1", "b1", "a2", "b2").forEach(key -> small.offer(key, "v", 0));

        assertThat(small.take(DELAY, key -> key.startsWith("b")))
                .extracting(DueWrite::key)
                .containsExactly("b1", "b2");
        assertThat(small.take(DELAY, key -> key.startsWith("b"))).isEmpty();
        assertThat(small.take(DELAY)).extracting(DueWrite::key).containsExactly("a1", "a2");
    }

    @Test
    void take_failedMustNotBeWrittenNow_othersAre() {
        queue.offer("failed", "1", 0);
        queue.take(DELAY);
        queue.failed("failed", "down", NOTHING_DRAWN, DELAY);
        queue.offer("k", "1", DELAY);

        assertThat(queue.take(2 * DELAY, key -> !key.equals("failed"))).containsExactly(due("k", "1"));
    }
}
