package io.fyercache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a run fails on every outcome but the one its file asks for, on messages as TLC writes them. */
class ExpectationTest {
    private static final Expectation EXHAUSTED = Expectation.parse("no error, 2033 distinct states, depth 15");
    private static final Expectation VIOLATED = Expectation.parse("AnswersAgree violated after 2 steps");
    private static final Expectation WALKED = Expectation.parse("no error, 2569 states in 50 random walks of 60 steps");

    private static final Expectation WENT_WRONG =
            Expectation.parse("AnswersAgree violated in 50 random walks of 60 steps");

    private static final String COMPLETED = message(2193, 0, "Model checking completed. No error has been found.");
    private static final String STATISTICS = statistics(2033, 0);
    private static final String DEPTH = message(2194, 0, "The depth of the complete state graph search is 15.");
    private static final String VIOLATION = message(2110, 1, "Invariant AnswersAgree is violated.");
    private static final String TRACE = message(2121, 1, "The behavior up to this point is:")
            + message(2217, 4, "1: <Initial predicate>\n/\\ now = 1\n")
            + message(2217, 4, "2: <Write line 9, col 3 of module M>\n/\\ now = 1\n")
            + message(2217, 4, "3: <Commit line 12, col 3 of module M>\n/\\ now = 1\n");
    private static final String FAULT = message(1000, 1, "TLC threw an unexpected exception.");

    @Test
    void exhausted_allStatesVisited_noFault() {
        assertThat(EXHAUSTED.faults(report(0, COMPLETED + STATISTICS + DEPTH))).isEmpty();
    }

    @Test
    void exhausted_progressBefore_lastFigureCounts() {
        String progress =
                message(2200, 0, "Progress(3): 90 states generated, 40 distinct states found, 9 states left on queue.");

        assertThat(EXHAUSTED.faults(report(0, progress + COMPLETED + STATISTICS + DEPTH)))
                .isEmpty();
    }

    @Test
    void exhausted_otherNumberOfStates_fault() {
        assertThat(EXHAUSTED.faults(report(0, COMPLETED + statistics(2032, 0) + DEPTH)))
                .containsExactly("distinct states: OptionalLong[2032] (expected: OptionalLong[2033])");
    }

    @Test
    void exhausted_statesLeft_fault() {
        assertThat(EXHAUSTED.faults(report(0, COMPLETED + statistics(2033, 1) + DEPTH)))
                .containsExactly("states not visited: OptionalLong[1] (expected: OptionalLong[0])");
    }

    @Test
    void exhausted_otherDepth_fault() {
        String depth = message(2194, 0, "The depth of the complete state graph search is 14.");

        assertThat(EXHAUSTED.faults(report(0, COMPLETED + STATISTICS + depth)))
                .containsExactly("depth: OptionalInt[14] (expected: OptionalInt[15])");
    }

    @Test
    void exhausted_notCompleted_fault() {
        assertThat(EXHAUSTED.faults(report(0, STATISTICS + DEPTH)))
                .containsExactly("search was completed: false (expected: true)");
    }

    @Test
    void exhausted_killed_fault() {
        assertThat(EXHAUSTED.faults(report(137, ""))).contains("exit status: 137 (expected: 0)");
    }

    @Test
    void exhausted_violation_fault() {
        assertThat(EXHAUSTED.faults(report(12, VIOLATION + TRACE)))
                .contains("violated invariants: [AnswersAgree] (expected: [])");
    }

    @Test
    void exhausted_otherError_fault() {
        assertThat(EXHAUSTED.faults(report(0, COMPLETED + STATISTICS + DEPTH + FAULT)))
                .containsExactly("errors: [1000 TLC threw an unexpected exception.] (expected: [])");
    }

    @Test
    void violated_counterExample_noFault() {
        assertThat(VIOLATED.faults(report(12, VIOLATION + TRACE))).isEmpty();
    }

    @Test
    void violated_notFound_fault() {
        assertThat(VIOLATED.faults(report(0, COMPLETED + STATISTICS + DEPTH)))
                .contains("exit status: 0 (expected: 12)", "violated invariants: [] (expected: [AnswersAgree])");
    }

    @Test
    void violated_otherInvariant_fault() {
        String other = message(2110, 1, "Invariant OneReader is violated.");

        assertThat(VIOLATED.faults(report(12, other + TRACE)))
                .containsExactly("violated invariants: [OneReader] (expected: [AnswersAgree])");
    }

    @Test
    void violated_longerCounterExample_fault() {
        String longer = TRACE + message(2217, 4, "4: <Read line 20, col 3 of module M>\n/\\ now = 1\n");

        assertThat(VIOLATED.faults(report(12, VIOLATION + longer)))
                .containsExactly("states of the counter-example: 4 (expected: 3)");
    }

    @Test
    void violated_otherErrorBesides_fault() {
        assertThat(VIOLATED.faults(report(12, VIOLATION + TRACE + FAULT)))
                .containsExactly("errors besides: [1000 TLC threw an unexpected exception.] (expected: [])");
    }

    @Test
    void walked_allWalksTaken_noFault() {
        assertThat(WALKED.faults(report(0, walked(2_569)))).isEmpty();
    }

    @Test
    void walked_otherNumberOfStates_fault() {
        assertThat(WALKED.faults(report(0, walked(2_568))))
                .containsExactly("states met: OptionalLong[2568] (expected: OptionalLong[2569])");
    }

    @Test
    void walked_silence_fault() {
        assertThat(WALKED.faults(report(0, "")))
                .containsExactly("states met: OptionalLong.empty (expected: OptionalLong[2569])");
    }

    @Test
    void walked_violation_fault() {
        assertThat(WALKED.faults(report(12, VIOLATION + TRACE + walked(2_569))))
                .contains("violated invariants: [AnswersAgree] (expected: [])");
    }

    @Test
    void wentWrong_counterExampleOfAnyLength_noFault() {
        assertThat(WENT_WRONG.faults(report(12, VIOLATION + TRACE + walked(40))))
                .isEmpty();
    }

    @Test
    void wentWrong_allWalksInVain_fault() {
        assertThat(WENT_WRONG.faults(report(0, walked(2_569))))
                .containsExactly("exit status: 0 (expected: 12)", "violated invariants: [] (expected: [AnswersAgree])");
    }

    @Test
    void wentWrong_arguments_areThoseOfTheWalkWithoutErrors() {
        assertThat(WENT_WRONG.arguments()).isEqualTo(WALKED.arguments());
    }

    @Test
    void walked_arguments_nameWalksStepsAndAFixedSeed() {
        assertThat(WALKED.arguments()).containsExactly("-simulate", "num=50", "-depth", "60", "-seed", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no error, 2033 distinct states, depth 15",
                "AnswersAgree violated after 2 steps",
                "no error, 2569 states in 50 random walks of 60 steps",
                "AnswersAgree violated in 50 random walks of 60 steps"
            })
    void parse_eachKind_givesItsWordsBack(String words) {
        assertThat(Expectation.parse(words)).hasToString(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no error", "no error, many distinct states, depth 15", "AnswersAgree violated"})
    void parse_otherWords_refusedWithTheKinds(String words) {
        assertThatThrownBy(() -> Expectation.parse(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expect: '" + words + "'");
    }

    private static CheckerReport report(int exitStatus, String output) {
        return CheckerReport.parse(exitStatus, "TLC2 Version 2.18\n" + output);
    }

    private static String message(int code, int severity, String text) {
        return "@!@!@STARTMSG %d:%d @!@!@\n%s\n@!@!@ENDMSG %d @!@!@\n".formatted(code, severity, text, code);
    }

    private static String statistics(int distinct, int left) {
        return message(
                2199,
                0,
                "7,665 states generated, %,d distinct states found, %d states left on queue."
                        .formatted(distinct, left));
    }

    private static String walked(int states) {
        return message(
                2209,
                0,
                "Progress(-1): %,d states generated, -1 distinct states found, -1 states left on queue."
                        .formatted(states));
    }
}
