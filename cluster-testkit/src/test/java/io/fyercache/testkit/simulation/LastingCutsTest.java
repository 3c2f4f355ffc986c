package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A link stays cut while all else is well: nobody stands still for longer than it takes to notice (T2). */
class LastingCutsTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final int SEEDS = 5;

    /** Suspicion, the patience with a backup, a question that is repeated, and a change of the table take less, together. */
    private static final long STANDSTILL_NANOS = 1_500 * MILLIS;

    /** What does not pass between a primary and the controller. */
    enum Cut {
        BOTH_WAYS,
        TO_CONTROLLER,
        FROM_CONTROLLER;

        void between(ClusterSimulation world, SimulatedLife controller, SimulatedLife other) {
            if (this != FROM_CONTROLLER) {
                world.cutOneWay(other.node(), controller.node());
            }
            if (this != TO_CONTROLLER) {
                world.cutOneWay(controller.node(), other.node());
            }
        }
    }

    private static void withCut(ClusterShape shape, Cut cut, BiConsumer<ClusterSimulation, SimulatedLife> meanwhile) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed, shape);
            try {
                world.runFor(3 * SECOND);
                SimulatedLife controller = world.controller();
                SimulatedLife primary = world.primaryBackedBy(controller);
                cut.between(world, controller, primary);
                world.runFor(STANDSTILL_NANOS);
                meanwhile.accept(world, primary);
                world.run(world.timeline().nowNanos(), 20 * SECOND);
                Worlds.assertKept(world);
                assertThat(world.lost()).as("partitions lost").isZero();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + world, e);
            }
        }
    }

    private static void assertThatAllIsAnswered(ClusterSimulation world) {
        long since = world.timeline().nowNanos();
        world.runFor(2 * SECOND);
        for (int partition = 0; partition < world.partitions(); partition++) {
            assertThat(world.changesAnsweredSince(partition, since))
                    .as("changes of partition " + partition + " that were answered")
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void primaryAndItsBackupThatControls_changesGoOn(Cut cut) {
        withCut(new ClusterShape(3, 2, 8), cut, (world, primary) -> assertThatAllIsAnswered(world));
    }

    @ParameterizedTest
    @EnumSource
    void ofFiveMembers_changesGoOn(Cut cut) {
        withCut(new ClusterShape(5, 2, 8), cut, (world, primary) -> assertThatAllIsAnswered(world));
    }

    /** The primary asks, too, to count a copy. */
    @Test
    void memberThatComesThen_getsCopiesOfThePrimary() {
        withCut(new ClusterShape(4, 2, 32), Cut.BOTH_WAYS, (world, primary) -> {
            int newcomer = world.addNode(0, 0);
            world.runUntil(() -> world.heldBy(newcomer).stream().anyMatch(world.ledBy(primary.node())::contains));
            assertThatAllIsAnswered(world);
        });
    }
}
