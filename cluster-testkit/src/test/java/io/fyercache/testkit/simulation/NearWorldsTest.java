package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.testkit.history.History;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that read a cache near, those of members among them, while members and the network fail: how stale, and how old, what they find may be (N1 to
 * N4).
 */
class NearWorldsTest {
    /** Worlds in a build; some seconds. */
    private static final int WORLDS = 12;

    /** Worlds in which a broken rule must be noticed. */
    private static final int SOON = 200;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void underFaults_readsNearAreNotStalerThanTheBound_norOlderThanWhatTheirProcessHasSeen() {
        AtomicLong reads = new AtomicLong();
        AtomicLong byMembers = new AtomicLong();
        long answered =
                Worlds.runAll(WORLDS, seed -> new Counted(ClusterSimulation.near(seed, Rules.ALL), reads, byMembers));

        assertThat(answered).isGreaterThan(500);
        assertThat(reads.get()).isGreaterThan(1_000);
        assertThat(byMembers.get()).as("by processes of members").isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NEAR_NEWS_NEEDS_LEASE",
                "NEAR_LEASE_COUNTS_FROM_ASKING",
                "NEAR_GAP_DROPS_ALL",
                "NEAR_FILL_IS_STAMPED"
            })
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void brokenRule_isNoticed(Rule rule) {
        assertThat(Worlds.seedThatNotices(SOON, seed -> ClusterSimulation.near(seed, Rules.without(rule))))
                .as("seed")
                .isPositive();
    }

    /** A world whose reads near are counted when it is over. */
    private record Counted(ClusterSimulation world, AtomicLong reads, AtomicLong byMembers) implements World {
        @Override
        public void run(long faultyNanos, long calmNanos) {
            world.run(faultyNanos, calmNanos);
            reads.addAndGet(world.near().promises().reads());
            byMembers.addAndGet(world.near().readByMembers());
        }

        @Override
        public int answered() {
            return world.answered();
        }

        @Override
        public List<History> histories() {
            return world.histories();
        }

        @Override
        public List<String> wounds() {
            return world.wounds();
        }

        @Override
        public String toString() {
            return world.toString();
        }
    }
}
