package io.fyercache.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.history.Completion.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker agrees with the definition on random histories of up to six operations. A failure names its seed. */
class ReferenceComparisonTest {
    private static final int SEEDS = 20_000;
    private static final int MAX_OPERATIONS = 6;

    /** Each verdict must be a fifth of all at least, or the comparison says little. */
    private static final int OFTEN = SEEDS / 5;

    @ParameterizedTest
    @EnumSource
    void check_ofTinyHistories_agreesWithTheDefinition(SilentRemoval silentRemoval) {
        int linearizable = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            History history = new History(tiny(new Random(seed)), silentRemoval);
            boolean expected = new ReferenceChecker(history).isLinearizable();

            CheckReport report = new LinearizabilityChecker().check(history);

            assertThat(report.outcome())
                    .as("seed %d: %s", seed, history)
                    .isEqualTo(expected ? Outcome.LINEARIZABLE : Outcome.VIOLATION);
            linearizable += expected ? 1 : 0;
        }
        assertThat(linearizable).isBetween(OFTEN, SEEDS - OFTEN);
    }

    @ParameterizedTest
    @EnumSource
    void explanation_ofTinyViolations_isAViolationByItself(SilentRemoval silentRemoval) {
        int shrunk = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            History history = new History(tiny(new Random(seed)), silentRemoval);
            for (KeyVerdict verdict :
                    new LinearizabilityChecker().check(history).verdicts()) {
                if (verdict instanceof KeyVerdict.Violation violation) {
                    Explanation explanation = violation.explanation();
                    List<Operation> small =
                            explanation.clues().stream().map(Clue::weakened).toList();

                    assertThat(new ReferenceChecker(new History(small, silentRemoval))
                                    .isLinearizable(explanation.beginning()))
                            .as("seed %d: %s", seed, violation)
                            .isFalse();
                    assertThat(explanation.clues()).contains(new Clue(explanation.stuck(), Clue.Use.ANSWER));
                    shrunk += small.size() < history.operations().size() ? 1 : 0;
                }
            }
        }
        assertThat(shrunk).isGreaterThan(OFTEN);
    }

    /** Histories with few values, so that many are nearly right; half the answers of some are guesses. */
    static List<Operation> tiny(Random random) {
        int clients = 1 + random.nextInt(4);
        Workload workload = new Workload(
                clients,
                1 + random.nextInt(MAX_OPERATIONS),
                20,
                random.nextInt(3) * 0.2,
                1 + random.nextInt(3),
                random.nextInt(4) == 0 ? Workload.Mix.COUNTER : Workload.Mix.ALL);
        List<Operation> operations = new ArrayList<>();
        double guessing = random.nextInt(4) == 0 ? 0 : 0.4;
        for (Operation operation : SimulatedKey.correct("k", workload, random)) {
            boolean guess = random.nextDouble() < guessing;
            operations.add(
                    guess && operation.completion() instanceof Answered answered
                            ? answeredBy(operation, answered, random)
                            : operation);
        }
        return operations;
    }

    private static Operation answeredBy(Operation operation, Answered answered, Random random) {
        Object answer = answered.answer();
        Object guess = random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(3);
        if (answer instanceof Boolean) {
            guess = random.nextBoolean();
        } else if (operation.action() instanceof Action.Put || operation.action() instanceof Action.Clear) {
            guess = null;
        } else if (operation.action() instanceof Action.Invoke invoke) {
            Register register = new Register(guess);
            guess = register.apply(invoke);
        }
        return new Operation(
                operation.client(),
                operation.key(),
                operation.action(),
                operation.invokedNanos(),
                new Answered(guess, answered.returnedNanos()));
    }
}
