package io.fyercache.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.history.SimulatedKey.Fault;
import io.fyercache.testkit.history.Workload.Mix;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of the size that tests of a cluster record: 2,000 operations of 16 clients on a key, some without an answer. */
class CorruptedHistoriesTest {
    private static final int KEYS = 10;
    private static final int CLIENTS = 16;
    private static final int OPERATIONS = 2_000;
    private static final double UNKNOWN = 0.005;

    /** Corrupted histories of each kind; with five kinds, 200. */
    private static final int HISTORIES = 40;

    /** At the pause of one, all clients are at one key all the time; at the other, at each of ten in turn. */
    private static final int CROWDED = 20;

    private static final int SPREAD = 1_000;

    @ParameterizedTest
    @ValueSource(ints = {CROWDED, SPREAD})
    void check_correctHistories_takesFewStepsForEachOperation(int pause) {
        for (int seed = 0; seed < 5; seed++) {
            List<Operation> operations = new ArrayList<>();
            Workload workload = new Workload(CLIENTS, OPERATIONS, pause, UNKNOWN, 0, Mix.ALL);
            for (int key = 0; key < KEYS; key++) {
                operations.addAll(SimulatedKey.correct("key-" + key, workload, new Random(seed * KEYS + key)));
            }

            CheckReport report = new LinearizabilityChecker().check(History.of(operations));

            assertThat(report.outcome()).as("seed %d: %s", seed, report).isEqualTo(Outcome.LINEARIZABLE);
            assertThat(report.steps()).as("seed %d", seed).isLessThan(10L * KEYS * OPERATIONS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void check_faultyHistories_findsFaultsAndSeldomGivesUp(Fault fault) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Operation> operations = faulty(fault, seed);

            CheckReport report = new LinearizabilityChecker().check(History.of(operations));

            outcomes.merge(report.outcome(), 1, Integer::sum);
        }
        // What is found linearizable is: the fault did not show, as a lost write that the next one would have
        // overwritten.
        assertThat(outcomes.getOrDefault(Outcome.UNDECIDED, 0))
                .as("%s", outcomes)
                .isLessThanOrEqualTo(HISTORIES / 20);
        assertThat(outcomes.getOrDefault(Outcome.VIOLATION, 0))
                .as("%s", outcomes)
                .isGreaterThan(HISTORIES / 4);
    }

    private static List<Operation> faulty(Fault fault, int seed) {
        Mix mix = fault == Fault.DOUBLED_ADD ? Mix.COUNTER : Mix.ALL;
        Workload workload = new Workload(CLIENTS, OPERATIONS, SPREAD, UNKNOWN, 0, mix);
        Random random = new Random(seed);
        List<Operation> operations = null;
        while (operations == null) {
            operations = SimulatedKey.faulty("key", workload, random, fault);
        }
        return operations;
    }
}
