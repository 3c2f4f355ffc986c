package io.fyercache.testkit.history;

import static io.fyercache.testkit.history.Histories.answered;
import static io.fyercache.testkit.history.Histories.check;
import static io.fyercache.testkit.history.Histories.get;
import static io.fyercache.testkit.history.Histories.outcome;
import static io.fyercache.testkit.history.Histories.put;
import static io.fyercache.testkit.history.Histories.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.testkit.history.Action.Exchange;
import io.fyercache.testkit.history.AtomicFunction.Add;
import io.fyercache.testkit.history.AtomicFunction.CompareAndSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {

    @Test
    void check_emptyHistory_isLinearizable() {
        assertThat(outcome()).isEqualTo(Outcome.LINEARIZABLE);
    }

    @Test
    void check_readsAroundAConcurrentWrite_isLinearizable() {
        // The register of Porcupine's documentation: the write is first read and then, by another, not yet.
        assertThat(outcome(put("a", 1, 0, 100), get("b", 1, 25, 75), get("c", null, 30, 60)))
                .isEqualTo(Outcome.LINEARIZABLE);
    }

    @Test
    void check_newOldInversion_isAViolation() {
        // Lamport's regular register: once a reader has seen a write, none that comes later may miss it.
        assertThat(outcome(put("a", 1, 0, 100), get("b", 1, 10, 30), get("c", null, 40, 90)))
                .isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_storeBuffering_isLinearizableKeyByKeyOnlyIfReadsOverlapWrites() {
        // Two registers of Herlihy and Wing: locality decides by each key alone.
        Operation writeX = put("a", 1, 0, 10);
        Operation missY = new Operation("a", "y", new Action.Get(), 11, new Completion.Answered(null, 20));
        Operation writeY = new Operation("b", "y", new Action.Put(1), 0, new Completion.Answered(null, 10));
        Operation missX = get("b", null, 11, 20);

        CheckReport report = check(writeX, missY, writeY, missX);

        assertThat(report.count(Outcome.VIOLATION)).isEqualTo(2);
        assertThat(outcome(writeX, missY, missX)).isEqualTo(Outcome.VIOLATION);
        assertThat(outcome(writeX, missY)).isEqualTo(Outcome.LINEARIZABLE);
    }

    @Test
    void check_operationsThatTouch_mayTakeEffectInEitherOrder() {
        assertThat(outcome(put("a", 1, 0, 10), get("b", null, 10, 20))).isEqualTo(Outcome.LINEARIZABLE);
        assertThat(outcome(put("a", 1, 0, 10), get("b", null, 11, 20))).isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_unknownWrite_mayTakeEffectLate() {
        assertThat(outcome(unknown("a", new Action.Put(1), 0), get("b", null, 10, 20), get("b", 1, 30, 40)))
                .isEqualTo(Outcome.LINEARIZABLE);
    }

    @Test
    void check_unknownWrite_takesEffectOnceAtMost() {
        assertThat(outcome(
                        unknown("a", new Action.Put(1), 0),
                        get("b", 1, 10, 20),
                        put("b", 2, 30, 40),
                        get("b", 1, 50, 60)))
                .isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_failedWrite_takesNoEffect() {
        Operation failed = new Operation("a", "x", new Action.Put(1), 0, new Completion.Failed());

        assertThat(outcome(failed, get("b", 1, 10, 20))).isEqualTo(Outcome.VIOLATION);
        assertThat(outcome(failed, get("b", null, 10, 20))).isEqualTo(Outcome.LINEARIZABLE);
    }

    @Test
    void check_putIfAbsentThatDeniesItsOwnRetry_isAViolation() {
        assertThat(outcome(answered("a", new Action.PutIfAbsent(1), false, 0, 10), get("a", 1, 20, 30)))
                .isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_additionWhoseAnswerContradictsItself_isAViolation() {
        Action add = new Action.Invoke(new Add<>(1));

        assertThat(outcome(answered("a", add, new Exchange(null, 1L), 0, 10))).isEqualTo(Outcome.LINEARIZABLE);
        assertThat(outcome(answered("a", add, new Exchange(null, 2L), 0, 10))).isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_twoCompareAndSetsOfOneValue_isAViolation() {
        // Two owners of a lock.
        assertThat(outcome(
                        answered(
                                "a", new Action.Invoke(new CompareAndSet<>(null, "a")), new Exchange(null, "a"), 0, 10),
                        answered(
                                "b",
                                new Action.Invoke(new CompareAndSet<>(null, "b")),
                                new Exchange(null, "b"),
                                0,
                                10)))
                .isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_vanishedValue_isAllowedIfTheCacheMayDropIt() {
        List<Operation> vanished = List.of(put("a", 1, 0, 10), get("b", 1, 20, 30), get("b", null, 40, 50));
        List<Operation> returned = new ArrayList<>(vanished);
        returned.add(get("b", 1, 60, 70));
        LinearizabilityChecker checker = new LinearizabilityChecker();

        assertThat(checker.check(History.of(vanished)).outcome()).isEqualTo(Outcome.VIOLATION);
        assertThat(checker.check(new History(vanished, SilentRemoval.ANY_TIME)).outcome())
                .isEqualTo(Outcome.LINEARIZABLE);
        assertThat(checker.check(new History(returned, SilentRemoval.ANY_TIME)).outcome())
                .isEqualTo(Outcome.VIOLATION);
    }

    @Test
    void check_unknownOutcomeOfAnUndescribedFunction_isUndecided() {
        CheckReport report =
                check(unknown("a", new Action.Invoke(new AtomicFunction.Undescribed()), 0), get("b", 7, 10, 20));

        assertThat(report.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(report.toString()).contains("key x").contains("AtomicFunction.CompareAndSet");
    }

    @Test
    void check_atTheLimit_isUndecidedAndNamesKeyAndSteps() {
        List<Operation> operations =
                SimulatedKey.correct("busy", new Workload(16, 200, 20, 0, 0, Workload.Mix.ALL), new Random(1));

        CheckReport report = new LinearizabilityChecker(10).check(History.of(operations));

        assertThat(report.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(report.steps()).isEqualTo(10);
        assertThat(report.toString()).contains("key busy").contains("after 10 steps");
    }

    @Test
    void check_manyUnknownWritesThatNobodySaw_takesNoMoreStepsThanWithoutThem() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            operations.add(unknown("u" + i, new Action.Put("lost-" + i), i));
        }
        for (int i = 0; i < 500; i++) {
            operations.add(put("a", i, 1000 + 20L * i, 1010 + 20L * i));
            operations.add(get("b", i, 1011 + 20L * i, 1019 + 20L * i));
        }
        operations.add(get("b", 7, 20_000, 20_001));

        CheckReport report = new LinearizabilityChecker().check(History.of(operations));

        assertThat(report.outcome()).isEqualTo(Outcome.VIOLATION);
        assertThat(report.steps()).isLessThan(100_000);
    }

    @Test
    void checker_withoutSteps_isRefused() {
        assertThatThrownBy(() -> new LinearizabilityChecker(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxSteps: 0 (expected: 1 or more)");
    }

    @Test
    void operation_thatReturnsBeforeItIsInvoked_isRefused() {
        assertThatThrownBy(() -> put("a", 1, 10, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("returnedNanos: 9 (expected: not before the invocation at 10)");
    }

    @Test
    void report_ofAStaleRead_showsTheWritesAndTheReadAndNothingElse() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            operations.add(put("writer", "v" + i, 1_000_000L * i, 1_000_000L * i + 400_000));
            operations.add(get("reader", "v" + i, 1_000_000L * i + 500_000, 1_000_000L * i + 600_000));
        }
        operations.add(get("stale", "v149", 150_700_000, 150_900_000));

        String report =
                new LinearizabilityChecker().check(History.of(operations)).toString();

        assertThat(report.lines())
                .containsExactly(
                        "VIOLATION: 1 keys, 1 violated, 0 undecided",
                        "key x: VIOLATION, no order of its 601 operations explains the answers. "
                                + "These 3 are enough, whatever the value was before:",
                        "  0.000000 .. 0.400000 ms  writer: put(v149) -> done",
                        "  1.000000 .. 1.400000 ms  writer: put(v150) -> done",
                        "  1.700000 .. 1.900000 ms  stale: get() -> v149   <== cannot be explained",
                        "  When the marked one was to take effect, the value was v150.");
    }
}
