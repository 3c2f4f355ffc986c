package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Members that should not lead: whose clock is off (E4), and on whose node members keep failing (T7). */
class UnfitMembersTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int SEEDS = 3;

    @Test
    void memberWhoseClockIsAnHourAhead_holdsCopies_andSaysNowhereWhatTimeItIs() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed, new ClusterShape(4, 3, 8));
            world.runFor(3 * SECOND);
            int wrong = world.addNode(0, HOUR_MILLIS);
            world.runFor(10 * SECOND);
            assertThat(world.heldBy(wrong)).as("partitions that it holds").isNotEmpty();

            // Takeovers, too, pass it over.
            world.crash(world.primaryOf(world.heldBy(wrong).get(0)));
            world.run(world.timeline().nowNanos() + 5 * SECOND, 20 * SECOND);

            Worlds.assertKept(world);
            assertThat(world.heldBy(wrong)).as("partitions that it holds").isNotEmpty();
            assertThat(world.ledBy(wrong)).as("partitions that it leads").isEmpty();
            assertThat(world.latestPartitionMillis())
                    .as("the latest time of a partition")
                    .isLessThan(world.latestWallMillisBut(wrong));
        }
    }

    @Test
    void nodeWhoseMembersKeepFailing_holdsCopies_andLeadsNothingForFiveMinutes() {
        ClusterSimulation world = ClusterSimulation.calm(1, new ClusterShape(4, 2, 4));
        world.runFor(3 * SECOND);
        int node = world.primaryOf(0).node();
        for (int end = 1; end <= 2; end++) {
            world.crashOn(node);
            world.runUntil(() -> !world.ledBy(node).isEmpty());
        }
        world.crashOn(node);
        world.runUntil(() -> !world.heldBy(node).isEmpty() && world.isWhole());

        // Whoever controls next knows it, too.
        world.crash(world.controller());
        world.runUntil(world::isWhole);
        for (int second = 0; second < 240; second++) {
            world.runFor(SECOND);
            assertThat(world.ledBy(node)).as("partitions that it leads").isEmpty();
        }
        assertThat(world.heldBy(node)).as("partitions that it holds").isNotEmpty();

        world.runFor(50 * SECOND);
        world.runUntil(() -> !world.ledBy(node).isEmpty());
    }

    @Test
    void nodeWhoseMemberLeavesAgainAndAgain_leadsAgain() {
        ClusterSimulation world = ClusterSimulation.calm(1, new ClusterShape(4, 2, 4));
        world.runFor(3 * SECOND);
        int node = world.primaryOf(0).node();
        for (int leave = 1; leave <= 4; leave++) {
            world.leaveFrom(node);
            world.runUntil(() -> world.heldBy(node).isEmpty());
            world.runUntil(() -> !world.ledBy(node).isEmpty());
        }
    }

    @Test
    void clocksThatDiffer_areToldByBoth() {
        ClusterSimulation world = ClusterSimulation.calm(1, new ClusterShape(3, 2, 1));
        int wrong = world.addNode(0, -10_000);
        world.runFor(5 * SECOND);

        assertThat(world.differing(wrong))
                .as("pairs that differ, the wrong one in it")
                .isEqualTo(6);
    }

    @Test
    void memberWhoseClockIsWrong_knowsTheTimeThatTheOthersAgreeOn() {
        ClusterSimulation world = ClusterSimulation.calm(1, new ClusterShape(3, 2, 1));
        int wrong = world.addNode(0, 3_600_000);
        world.runFor(5 * SECOND);

        long ahead = world.timeAheadOn(wrong).orElseThrow();
        assertThat(ahead).as("half a second is right in this world").isBetween(-500L, 500L);
        assertThat(world.timeAheadOn(0).orElseThrow())
                .as("what a member with a right clock found")
                .isBetween(ahead - 20, ahead + 20);
    }
}
