package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.testkit.history.CheckReport;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.LinearizabilityChecker;
import io.fyercache.testkit.history.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole clusters in many virtual worlds. A world that goes wrong is named by its seed; to see it again, and it alone:
 * {@code -Dsimulation.first-seed=SEED -Dsimulation.seeds=1}.
 */
class ClusterSimulationTest {
    private static final long SECOND = 1_000_000_000;
    private static final long FAULTY_NANOS = 40 * SECOND;
    private static final long CALM_NANOS = 20 * SECOND;
    private static final long FIRST_SEED = Long.getLong("simulation.first-seed", 1);
    private static final int SEEDS_OF_A_BUILD = Integer.getInteger("simulation.seeds", 100);

    /** Worlds in which a broken rule must be noticed. */
    private static final int AT_ALL = Integer.getInteger("simulation.seeds", 2_000);

    private static final int SEEDS_OF_A_NIGHT = Integer.getInteger("simulation.seeds", 10_000);

    @Test
    void withoutFaults_everyOperationIsAnswered() {
        ClusterSimulation world = ClusterSimulation.calm(1);

        world.run(5 * SECOND, 10 * SECOND);

        assertThat(world.answered()).isGreaterThan(1_000);
        assertKept(world);
    }

    @Test
    void underFaults_everyPromiseIsKept_andAllHealsAfterwards() {
        runWorlds(SEEDS_OF_A_BUILD);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void underFaults_inManyWorlds_everyPromiseIsKept() {
        runWorlds(SEEDS_OF_A_NIGHT);
    }

    private static void runWorlds(int count) {
        // Worlds know nothing of each other.
        long operations = LongStream.range(FIRST_SEED, FIRST_SEED + count)
                .parallel()
                .map(ClusterSimulationTest::runWorld)
                .sum();

        // In some worlds all copies are lost again and again, and little can be answered.
        assertThat(operations / count).as("operations in a world").isGreaterThan(2_000);
    }

    private static long runWorld(long seed) {
        ClusterSimulation world = ClusterSimulation.troubled(seed, Rules.ALL);
        try {
            world.run(FAULTY_NANOS, CALM_NANOS);
            assertKept(world);
            return world.answered();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + world, e);
        }
    }

    /**
     * Those rules are of whole members; {@link PartitionSimulationTest} sees to the others. A breach of two needs more coincidences than
     * thousands of worlds have, and has tests of its own, which make them: {@code HoldTest} (M11) and {@code CopyIdentityTest} (C1).
     */
    @ParameterizedTest
    @EnumSource(names = {"RESET_WAITS", "COPY_NAMES_RECORD"})
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void brokenRule_isNoticed(Rule rule) {
        assertThat(worldThatNotices(rule)).as("seed").isPositive();
    }

    /** M5, M10. */
    @Test
    void membersNamedByTheirNodes_isNoticed() {
        assertThat(worldThatNotices(ClusterSimulation::troubledAndNamedByNode))
                .as("seed")
                .isPositive();
    }

    private static long worldThatNotices(Rule broken) {
        return worldThatNotices(seed -> ClusterSimulation.troubled(seed, Rules.without(broken)));
    }

    /** Returns the seed of a world in which a breach of the rules has consequences, or 0. */
    private static long worldThatNotices(LongFunction<ClusterSimulation> worlds) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + AT_ALL)
                .parallel()
                .filter(seed -> notices(worlds.apply(seed)))
                .findAny()
                .orElse(0);
    }

    private static boolean notices(ClusterSimulation world) {
        try {
            world.run(FAULTY_NANOS, CALM_NANOS);
            assertKept(world);
            return false;
        } catch (RuntimeException | AssertionError noticed) {
            return true;
        }
    }

    static void assertKept(ClusterSimulation world) {
        for (History history : world.histories()) {
            CheckReport report = new LinearizabilityChecker().check(history);
            assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.LINEARIZABLE);
        }
        assertThat(world.wounds()).isEmpty();
    }
}
