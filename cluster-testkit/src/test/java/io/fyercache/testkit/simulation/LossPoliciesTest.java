package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All copies of a partition are lost, or seem to be (L2, L3, L4), in worlds in which nothing else goes wrong. */
class LossPoliciesTest {
    private static final long SECOND = 1_000_000_000;
    private static final int SEEDS = 3;

    /** Both copies are cut off, with clients, for longer than their znodes stay. */
    private static ClusterSimulation cutOff(long seed, Rules rules) {
        ClusterSimulation world = ClusterSimulation.losing(seed, rules, new ClusterShape(5, 2, 1), LossPlan.AT_ONCE);
        world.runFor(3 * SECOND);
        world.cutOffTogether(List.of(world.primaryOf(0), world.backupOf(0)), 14 * SECOND);
        world.runUntil(() -> world.epochOf(0).generation() == 2);
        return world;
    }

    @Test
    void copiesAreCutOff_whatNeedNotWaitIsServedAtOnce_andTheRestWhenNobodyElseCan() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = cutOff(seed, Rules.ALL);
            LossPromises promises = world.promisesOf(0);
            assertThat(world.epochOf(0).standing()).isEqualTo(Standing.PROVISIONAL);
            world.runUntil(() -> promises.answered(SimulatedCaches.RESET_NOW, 2) > 0);

            int ofBefore = promises.answered(SimulatedCaches.PLAIN, 1);
            world.runUntil(() -> promises.answered(SimulatedCaches.PLAIN, 1) > ofBefore);
            assertThat(promises.answered(SimulatedCaches.PLAIN, 2)).isZero();
            assertThat(promises.answered(SimulatedCaches.FAILING, 2)).isZero();

            world.runUntil(() -> world.epochOf(0).standing() == Standing.FIRM);
            world.runUntil(() -> promises.answered(SimulatedCaches.PLAIN, 2) > 0);
            world.run(world.timeline().nowNanos() + 2 * SECOND, 20 * SECOND);
            Worlds.assertKept(world);
            assertThat(world.lost()).as("losses").isEqualTo(1);
        }
    }

    /** L3. */
    @Test
    void provisionalGenerationThatServesAll_isNoticed() {
        assertThatThrownBy(() -> cutOff(1, Rules.without(Rule.PROVISIONAL_GENERATION_WAITS))
                        .runFor(10 * SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("L3");
    }

    /** Both copies are killed, and that is acknowledged; then the primary is replaced by one whose copy came later. */
    private static ClusterSimulation acknowledged(long seed, Rules rules) {
        ClusterSimulation world = ClusterSimulation.losing(seed, rules, new ClusterShape(5, 2, 1), LossPlan.SOON);
        world.runFor(3 * SECOND);
        SimulatedLife backup = world.backupOf(0);
        world.crash(world.primaryOf(0));
        world.crash(backup);
        world.runUntil(() -> world.promisesOf(0).isAcknowledged(2));
        world.runUntil(world::isWhole);
        world.crash(world.backupOf(0));
        world.runUntil(world::isWhole);
        SimulatedLife primary = world.primaryOf(0);
        world.crash(primary);
        world.runUntil(() -> world.isServedBesides(primary, 0));
        world.runFor(2 * SECOND);
        return world;
    }

    @Test
    void acknowledgedLoss_isForgottenByNobody() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = acknowledged(seed, Rules.ALL);
            assertThat(world.promisesOf(0).answered(SimulatedCaches.FAILING, 2)).isPositive();

            world.run(world.timeline().nowNanos() + 2 * SECOND, 20 * SECOND);
            Worlds.assertKept(world);
            assertThat(world.lost()).as("losses").isEqualTo(1);
        }
    }

    /** L4. */
    @Test
    void acknowledgedLossThatCopiesDoNotGet_isNoticed() {
        assertThatThrownBy(() -> acknowledged(1, Rules.without(Rule.ACKNOWLEDGED_LOSS_TRAVELS)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("L4");
    }

    /** L4. */
    @Test
    void lossThatIsNotTold_isNoticed() {
        assertThatThrownBy(() -> acknowledged(1, Rules.without(Rule.LOSS_IS_TOLD)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("L4");
    }
}
