package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import java.util.concurrent.TimeUnit;
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
    private static final int SEEDS_OF_A_BUILD = 400;
    private static final int SEEDS_OF_A_NIGHT = 10_000;

    /** Worlds in which a broken rule must be noticed. */
    private static final int AT_ALL = 2_000;

    @Test
    void withoutFaults_everyOperationIsAnswered() {
        ClusterSimulation world = ClusterSimulation.calm(1);

        world.run(5 * SECOND, 20 * SECOND);

        assertThat(world.answered()).isGreaterThan(1_000);
        Worlds.assertKept(world);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void underFaults_everyPromiseIsKept_andAllHealsAfterwards() {
        runWorlds(SEEDS_OF_A_BUILD);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void underFaults_inManyWorlds_everyPromiseIsKept() {
        runWorlds(SEEDS_OF_A_NIGHT);
    }

    private static void runWorlds(int count) {
        // In some worlds all copies are lost again and again, and little can be answered.
        assertThat(Worlds.runAll(count, seed -> ClusterSimulation.troubled(seed, Rules.ALL)))
                .as("operations in a world")
                .isGreaterThan(2_000);
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
        assertThat(Worlds.seedThatNotices(AT_ALL, seed -> ClusterSimulation.troubled(seed, Rules.without(rule))))
                .as("seed")
                .isPositive();
    }

    /** M5, M10. */
    @Test
    void membersNamedByTheirNodes_isNoticed() {
        assertThat(Worlds.seedThatNotices(AT_ALL, ClusterSimulation::troubledAndNamedByNode))
                .as("seed")
                .isPositive();
    }
}
