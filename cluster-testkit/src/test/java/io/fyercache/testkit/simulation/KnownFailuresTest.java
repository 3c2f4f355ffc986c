package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What went wrong in other products, done to ours on purpose, in worlds in which nothing else goes wrong. docs/testing.md has the list. */
class KnownFailuresTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final int SEEDS = 3;

    /** Less than it takes to replace a primary. Clients ask wrong members now and then, which takes some time, too. */
    private static final long TAKEOVER_NANOS = 200 * MILLIS;

    /** Who has a part in a copy that is being made. */
    enum Participant {
        SOURCE,
        TARGET,
        CONTROLLER;

        SimulatedLife find(ClusterSimulation world) {
            int partition = world.partitionWithJoin();
            if (partition < 0 || this == CONTROLLER) {
                return world.controller();
            }
            return this == SOURCE ? world.primaryOf(partition) : world.joiningOf(partition);
        }
    }

    /** Does something to the cluster when it is at work, and sees that no promise was broken and no data lost. */
    private static void withStanding(ClusterShape shape, BiConsumer<ClusterSimulation, Long> harm) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed, shape);
            world.runFor(3 * SECOND);
            try {
                harm.accept(world, seed);
                world.run(world.timeline().nowNanos() + 3 * SECOND, 20 * SECOND);
                Worlds.assertKept(world);
                assertThat(world.lost()).as("partitions lost").isZero();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + world, e);
            }
        }
    }

    private static void growUntilCopiesMove(ClusterSimulation world) {
        world.addNode(0);
        world.runUntil(() -> world.partitionWithJoin() >= 0);
    }

    /** Hazelcast #5444, #4481, #2785, #7523, #2606, #5388; Infinispan ISPN-4900, ISPN-8232: the member died while copies moved. */
    @ParameterizedTest
    @EnumSource
    void anybodyIsKilledWhileCopiesMove_nothingIsLost(Participant victim) {
        for (long millis = 0; millis <= 55; millis += 5) {
            long moment = millis;
            withStanding(new ClusterShape(4, 2, 8), (world, seed) -> {
                growUntilCopiesMove(world);
                world.runFor(moment * MILLIS);
                world.crash(victim.find(world));
            });
        }
    }

    /** Hazelcast #2785: the owner and the first backup died together, and the third copy was not used. */
    @Test
    void twoOfThreeCopiesAreKilledAtOnce_nothingIsLost() {
        withStanding(new ClusterShape(7, 3, 4), (world, seed) -> {
            SimulatedLife backup = world.backupOf(0);
            world.crash(world.primaryOf(0));
            world.crash(backup);
        });
    }

    /** Hazelcast #20220, #17377, Kafka KAFKA-14139: a member that restarted at its old address was taken for the one before. */
    @Test
    void memberRestartsAgainAndAgain_nothingIsLost() {
        withStanding(new ClusterShape(4, 2, 8), (world, seed) -> {
            for (int restart = 0; restart < 20; restart++) {
                world.crash(world.primaryOf(restart % 8));
                world.runUntil(world::isWhole);
            }
        });
    }

    /** Kafka KIP-101, KIP-279: copies diverged after two changes of the leader in a row. */
    @Test
    void twoTakeoversInARow_copiesStayTheSame() {
        withStanding(new ClusterShape(7, 3, 4), (world, seed) -> {
            SimulatedLife first = world.primaryOf(0);
            world.crash(first);
            world.runUntil(() -> world.isServedBesides(first, 0));
            world.runFor(seed * 20 * MILLIS);
            world.crash(world.primaryOf(0));
        });
    }

    /** Hazelcast #7270, Ignite #11416, GEODE-6108: an operation was repeated because its answer was lost, and took effect twice. */
    @Test
    void manyMessagesAreLost_eachOperationTakesEffectOnce() {
        ClusterFaults lossy = new ClusterFaults(20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = ClusterSimulation.of(seed, new ClusterShape(4, 2, 4), lossy);
            world.run(20 * SECOND, 20 * SECOND);

            Worlds.assertKept(world);
            assertThat(world.answered()).isGreaterThan(500);
        }
    }

    /** etcd #20418, RedisRaft #19, Redisson #775: who stood still answered from before when it went on. */
    @Test
    void primaryStandsStill_andAnswersNothingStaleAfterwards() {
        for (long millis : new long[] {200, 400, 600, 1_000, 3_000, 5_000}) {
            withStanding(new ClusterShape(4, 2, 4), (world, seed) -> {
                world.pause(world.primaryOf(0), millis * MILLIS);
                world.runFor((millis + 500) * MILLIS);
            });
        }
    }

    /** Infinispan #16316, Hazelcast #2907: a member left before others had what it held. */
    @Test
    void memberLeaves_whenOthersHaveWhatItHolds() {
        withStanding(new ClusterShape(4, 2, 8), (world, seed) -> {
            SimulatedLife leaver = world.primaryOf(0);
            world.leave(leaver);
            world.runUntil(leaver::isOver);
            assertThat(world.heldOnlyBy(leaver))
                    .as("partitions that miss a copy by that")
                    .isEmpty();
        });
    }

    /** Ignite IGNITE-9913: one member's end stopped everybody. */
    @Test
    void memberIsKilled_partitionsWithoutItGoOn() {
        withStanding(new ClusterShape(6, 2, 8), (world, seed) -> {
            SimulatedLife victim = world.backupOf(0);
            var others = world.partitionsWithout(victim);
            long killed = world.timeline().nowNanos();
            world.crash(victim);
            // Then copies begin to move, which makes each partition stand still for a moment.
            world.runFor(200 * MILLIS);
            assertThat(others).isNotEmpty();
            for (int partition : others) {
                assertThat(world.longestOperationSince(partition, killed))
                        .as("longest operation on partition " + partition)
                        .isLessThan(TAKEOVER_NANOS);
            }
        });
    }

    /** Curator CURATOR-460 and its like, Helix #1066: a controller that stood still went on as if nothing had happened. */
    @Test
    void controllerStandsStill_andChangesNothingAfterwards() {
        withStanding(new ClusterShape(5, 2, 8), (world, seed) -> {
            SimulatedLife controller = world.controller();
            growUntilCopiesMove(world);
            world.pause(controller, 3 * SECOND);
            world.runUntil(() -> world.controller() != controller);
            world.runFor(4 * SECOND);
        });
    }

    /** Who controls and cannot reach ZooKeeper can change nothing, and is not waited for until its session ends. */
    @Test
    void controllerLosesZooKeeper_othersTakeItsPlace() {
        withStanding(new ClusterShape(5, 2, 4), (world, seed) -> {
            SimulatedLife controller = world.controller();
            world.cutOffFromZooKeeper(controller, 5 * SECOND);
            assertThat(world.runUntil(() -> world.isControlledBesides(controller)))
                    .as("nanoseconds until another one controls")
                    .isLessThan(4 * SECOND);
            SimulatedLife victim = world.primaryOf(0) == controller ? world.backupOf(0) : world.primaryOf(0);
            world.crash(victim);
            world.runUntil(() -> world.isServedBesides(victim, 0));
        });
    }

    /** Hazelcast #12, etcd #15271: a loss was not noticed, or told twice. */
    @Test
    void allCopiesAreLost_thatIsToldOnceToEachMember() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed, new ClusterShape(5, 2, 1));
            world.runFor(3 * SECOND);
            SimulatedLife backup = world.backupOf(0);
            world.crash(world.primaryOf(0));
            world.crash(backup);
            world.run(world.timeline().nowNanos() + 20 * SECOND, 20 * SECOND);

            Worlds.assertKept(world);
            assertThat(world.lost()).as("losses").isEqualTo(1);
            // The two that restart may be back by then.
            assertThat(world.lossesTold()).as("members that were told").isBetween(3, 5);
        }
    }
}
