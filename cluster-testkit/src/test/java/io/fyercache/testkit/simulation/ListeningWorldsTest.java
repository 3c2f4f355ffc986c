package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that listen to caches of a cluster: what they hear, and who waits for them (V3 to V5). */
class ListeningWorldsTest {
    private static final long SECOND = 1_000_000_000;

    /** Six seconds of silence, a second until the next look, and as much again if another wish about the cache is under way just then. */
    private static final long FORGOTTEN_NANOS = 10 * SECOND;

    /**
     * Changes that overtake those before are not taken, and come again after half a second, however much is told meanwhile; then listeners take some
     * hundredths. It took 2.7 s as long as each change that followed put that off.
     */
    private static final long UNHURRIED_NANOS = SECOND;

    /** Worlds in which a broken rule must be noticed. */
    private static final int SOON = 100;

    private static ClusterSimulation calm(long seed) {
        return ClusterSimulation.listened(seed, Rules.ALL, new ClusterShape(3, 2, 4));
    }

    private static int sum(ClusterSimulation world, ToIntFunction<HeardChanges> count) {
        return IntStream.range(0, world.partitions())
                .map(partition -> count.applyAsInt(world.heard(partition)))
                .sum();
    }

    @Test
    void withoutFaults_everyChangeIsHeard_andNobodyIsForgotten() {
        ClusterSimulation world = calm(1);

        world.run(10 * SECOND, 20 * SECOND);

        assertThat(sum(world, HeardChanges::count)).isGreaterThan(500);
        assertThat(sum(world, HeardChanges::forgotten)).isZero();
        Worlds.assertKept(world);
    }

    @Test
    void deadProcesses_areForgotten_andHoldNobodyUpForLong() {
        ClusterSimulation world = calm(2);
        world.runFor(5 * SECOND);
        long died = world.timeline().nowNanos();
        world.killListeners();

        world.runFor(15 * SECOND);
        assertThat(sum(world, HeardChanges::forgotten)).isPositive();
        assertThat(IntStream.range(0, world.partitions())
                        .mapToLong(partition -> world.longestOperationSince(partition, died + FORGOTTEN_NANOS))
                        .max()
                        .orElseThrow())
                .isLessThan(UNHURRIED_NANOS);
        world.run(world.timeline().nowNanos(), 20 * SECOND);
        Worlds.assertKept(world);
    }

    /** What only listeners see; the others are seen by {@link PartitionSimulationTest}, too. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "CHANGES_ARRIVE_FIRST",
                "LISTENERS_TRAVEL",
                "LISTENERS_DROP_REPEATED",
                "LISTENERS_KEEP_ORDER",
                "ANSWER_FOLLOWS_LISTENERS"
            })
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void brokenRule_isNoticed(Rule rule) {
        assertThat(Worlds.seedThatNotices(SOON, seed -> ClusterSimulation.troubled(seed, Rules.without(rule))))
                .as("seed")
                .isPositive();
    }
}
