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
        assertThat(world.evicted()).isGreaterThan(20);
        assertThat(world.caches()).isInstanceOfSatisfying(SimulatedCaches.class, caches -> {
            assertThat(caches.together()).isGreaterThan(20);
            assertThat(caches.evicted()).isEqualTo(world.evicted());
        });
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

    /** I6, which {@link Invariants} checks at each change of the table. */
    @Test
    void membersComeAndGo_copiesAreMadeBeforeOthersAreGivenUp() {
        for (long seed = 1; seed <= 5; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed, new ClusterShape(3, 2, 16));
            world.runUntil(() -> world.changes() > 0 && world.isWhole());
            world.invariants().nothingFails();
            for (int round = 0; round < 5; round++) {
                int changes = world.changes();
                if (world.random().nextBoolean()) {
                    world.addNode(0);
                } else {
                    world.leave(world.primaryOf(world.random().nextInt(16)));
                }
                world.runUntil(() -> world.changes() > changes && world.isWhole());
            }
            // Half of that is quiet, and the last expired entry is found after six seconds and a half.
            world.run(world.timeline().nowNanos(), 20 * SECOND);
            Worlds.assertKept(world);
        }
    }

    /**
     * That rule is of whole members; {@link PartitionSimulationTest} sees to the others. A breach of C1 or C2 needs more coincidences
     * than thousands of worlds have, and has tests of its own, which make them: {@code CopyIdentityTest}; so have the rules of losses, L3
     * and L4: {@code LossPoliciesTest}.
     */
    @ParameterizedTest
    @EnumSource(names = "RESET_WAITS")
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
