package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.testkit.simulation.SimulatedDatabase.Statements;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The replicas of one partition in many virtual worlds. A world that goes wrong is named by its seed; to see it again, and it alone:
 * {@code -Dsimulation.first-seed=SEED -Dsimulation.seeds=1}.
 */
class PartitionSimulationTest {
    private static final long SECOND = 1_000_000_000;
    private static final int SEEDS_OF_A_BUILD = 600;
    private static final int SEEDS_OF_A_NIGHT = 10_000;

    /** Worlds in which a broken rule must be noticed, in a build and at night. */
    private static final int SOON = 300;

    private static final int AT_ALL = 2_000;

    /** In so few a deposed primary writes late for certain. */
    private static final int LATE_WORLDS = 10;

    @Test
    void withoutFaults_everyOperationIsAnswered() {
        PartitionSimulation world = PartitionSimulation.calm(1);

        // Expired entries that nobody asks for go within 6.4 s, and each is one more that the copies may not have at
        // the same moment.
        world.run(5 * SECOND, 15 * SECOND);

        assertThat(world.answered()).isGreaterThan(1_000);
        assertThat(world.caches().calls()).isGreaterThan(100);
        assertThat(world.changesTold().count()).isGreaterThan(500);
        assertThat(world.caches().database().writes()).isGreaterThan(50);
        assertThat(world.expiredCount()).isGreaterThan(10);
        assertThat(world.evictedCount())
                .isPositive()
                .isEqualTo(world.changesTold().evicted());
        Worlds.assertKept(world);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void underFaults_everyPromiseIsKept_andAllHealsAfterwards() {
        assertThat(Worlds.runAll(SEEDS_OF_A_BUILD, seed -> new PartitionSimulation(seed, Rules.ALL)))
                .as("operations in a world")
                .isGreaterThan(1_000);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void underFaults_inManyWorlds_everyPromiseIsKept() {
        assertThat(Worlds.runAll(SEEDS_OF_A_NIGHT, seed -> new PartitionSimulation(seed, Rules.ALL)))
                .as("operations in a world")
                .isGreaterThan(1_000);
    }

    /** Half of all worlds have late statements, and a fence. These are such, and the deposed come to it. */
    @Test
    void lateStatementsOfDeposedPrimaries_areFencedOff() {
        int fencedOff = 0;
        for (long seed = 1; seed <= LATE_WORLDS; seed++) {
            PartitionSimulation world = PartitionSimulation.with(seed, Statements.LATE_AND_FENCED);
            world.run(40 * SECOND, 36 * SECOND);
            Worlds.assertKept(world);
            fencedOff += world.caches().database().fencedOff();
        }
        assertThat(fencedOff).isPositive();
    }

    @Test
    void lateStatements_withoutFence_areNoticedSoon() {
        assertThat(Worlds.seedThatNotices(SOON, seed -> PartitionSimulation.with(seed, Statements.LATE)))
                .as("seed")
                .isPositive();
    }

    /** Of these rules a breach shows often; of the others a night must be long enough. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "NEW_PRIMARY_WAITS",
                "GRANTS_CARRY_VERSION",
                "COMMIT_NEEDS_PENDING",
                "LEASE_NEEDS_PENDING",
                "EPOCH_FENCES_CONFIRM",
                "TAKEOVER_KEEPS_WHAT_AGREES",
                "COPY_MEETS_LOG",
                "DEDUP_TRAVELS",
                "RESULT_FOLLOWS_COMMIT",
                "GENERATION_BINDS_RETRY",
                "TIME_TRAVELS",
                "LOSS_IS_TOLD",
                "CHANGES_ARRIVE_FIRST",
                "KEY_HELD_WHILE_USER_CODE_RUNS",
                "WRITE_FOLLOWS_COMMIT",
                "LOADS_KNOW_UNWRITTEN",
                "WRITTEN_IS_COMPARED",
                "WRITE_NEEDS_LEASE"
            })
    void brokenRule_isNoticedSoon(Rule rule) {
        assertThat(seedThatNotices(rule, SOON)).as("seed").isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                // These concern whole members, and the controller.
                "RESET_WAITS",
                "PROVISIONAL_GENERATION_WAITS",
                "ACKNOWLEDGED_LOSS_TRAVELS",
                "ACKNOWLEDGEMENTS_NAME_COPY",
                "COPY_NAMES_RECORD",
                // These take more coincidences, which ReadsFromCopiesTest makes, in the module of the protocol.
                "RELINQUISH_WAITS_FOR_SUBLEASE",
                "EXPAND_WAITS_FOR_SUBLEASE",
                // What only listeners see: ListeningWorldsTest.
                "LISTENERS_DROP_REPEATED",
                "LISTENERS_KEEP_ORDER",
                "ANSWER_FOLLOWS_LISTENERS",
                // What only those see who read near: NearWorldsTest.
                "NEAR_NEWS_NEEDS_LEASE",
                "NEAR_LEASE_COUNTS_FROM_ASKING",
                "NEAR_GAP_DROPS_ALL",
                "NEAR_FILL_IS_STAMPED"
            })
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void brokenRule_isNoticed(Rule rule) {
        assertThat(seedThatNotices(rule, AT_ALL)).as("seed").isPositive();
    }

    private static long seedThatNotices(Rule broken, int worlds) {
        return Worlds.seedThatNotices(worlds, seed -> new PartitionSimulation(seed, Rules.without(broken)));
    }
}
