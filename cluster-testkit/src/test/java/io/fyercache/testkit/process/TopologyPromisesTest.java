package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.process.WatchedCluster.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What each topology promises of reads (docs/consistency.md), by a client and by a member with copies, while processes stand still, die and are cut off. All caches are changed and read
 * all the time, in all tests, and each read is judged by what its topology promises; no change may fail.
 */
class TopologyPromisesTest extends WatchedClusterTest {
    /** Longer than the bound of reads near. */
    private static final Duration BOUND_IS_OVER = WatchedTopology.STALENESS_NEAR.plusMillis(300);

    /** So long nothing may be read any more. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    /** Longer than the silence after which a member is suspected, and shorter than the patience of callers. */
    private static final Duration UNREACHED = Duration.ofMillis(1_500);

    private static final Duration NIGHT = Duration.ofMinutes(5);

    @Test
    void nothingFails_readsFindWhatTheirTopologyPromises() {
        watched.awaitAllWell();

        watched.assertPromisesAreKept();
        for (Reader reader : Reader.values()) {
            assertThat(watched.hits(WatchedTopology.NEAR, reader))
                    .as("near, %s", reader)
                    .isPositive();
            assertThat(watched.hits(WatchedTopology.INVALIDATED, reader))
                    .as("invalidated, %s", reader)
                    .isPositive();
        }
    }

    @Test
    void readingClientStandsStill_andReadsNothingThatIsNotPromisedWhenItGoesOn() {
        cluster.awaitWhole();

        standStillOfClient();

        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    private void standStillOfClient() {
        watched.client().pause();
        watched.awaitMoreBy(Reader.MEMBER);
        watched.client().resume();
    }

    @Test
    void readingMemberStandsStill_andReadsNothingThatIsNotPromisedWhenItGoesOn() {
        cluster.awaitWhole();

        standStillOfReadingMember();

        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    private void standStillOfReadingMember() {
        cluster.member(Reader.SEAT).pause();
        watched.awaitMoreBy(Reader.CLIENT);
        cluster.member(Reader.SEAT).resume();
    }

    @Test
    void memberStandsStill_readsFindWhatTheirTopologyPromises() {
        cluster.awaitWhole();

        standStillOfMember();

        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    private void standStillOfMember() {
        int seat = cluster.busiestSeat();
        cluster.member(seat).pause();
        watched.awaitMore();
        cluster.member(seat).resume();
        watched.awaitMore();
    }

    @Test
    void memberIsKilled_readsFindWhatTheirTopologyPromises() {
        cluster.awaitWhole();

        killMember();

        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    private void killMember() {
        int seat = cluster.busiestSeat();
        cluster.member(seat).kill();
        watched.awaitMore();
        cluster.startAnother(seat);
        cluster.member(seat).awaitJoined();
    }

    @Test
    void readingMemberIsNotReachedForAWhile_readsFindWhatTheirTopologyPromises() {
        cluster.awaitWhole();

        cutReadingMember();

        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    /** It reaches the others: as long as they hear it, nobody takes its place, and clients wait for it. */
    private void cutReadingMember() {
        cluster.cutWay(Reader.SEAT);
        ProcessCluster.letPass(UNREACHED);
        cluster.healWay(Reader.SEAT);
    }

    /** What the member reads meanwhile is judged like any other read: it may lead, and be the only one that knows anything. */
    @Test
    void nobodyReachesAnybody_clientReadsNothingWhenTheBoundIsOver_andAllGoesOnAfterwards() {
        cluster.awaitWhole();
        cluster.cutAllWays();
        try {
            ProcessCluster.letPass(BOUND_IS_OVER);
            List<Long> before = readsOfTheClient();
            ProcessCluster.letPass(SILENCE);
            assertThat(readsOfTheClient()).isEqualTo(before);
        } finally {
            cluster.healAllWays();
        }

        cluster.awaitLastingWhole();
        watched.awaitAllWell();
        watched.assertPromisesAreKept();
    }

    /** An invalidated cache is read all the same, but from the database. */
    private List<Long> readsOfTheClient() {
        return WatchedTopology.OF_THE_CLUSTER.stream()
                .map(topology -> watched.reads(topology, Reader.CLIENT))
                .toList();
    }

    /** In an order that is drawn: -Dfailures.seed=N repeats it, as far as real time can be repeated. */
    @Test
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void allOfThis_againAndAgain_readsFindWhatTheirTopologyPromises() {
        long seed = Long.getLong("failures.seed", System.nanoTime());
        System.out.println("topologies: -Dfailures.seed=" + seed);
        Random random = new Random(seed);
        List<Runnable> faults = List.of(
                this::standStillOfClient,
                this::standStillOfReadingMember,
                this::standStillOfMember,
                this::killMember,
                this::cutReadingMember,
                cluster::cutAllWays);
        long endNanos = System.nanoTime() + NIGHT.toNanos();
        while (System.nanoTime() - endNanos < 0) {
            faults.get(random.nextInt(faults.size())).run();
            ProcessCluster.letPass(Duration.ofMillis(random.nextInt(1_500)));
            cluster.healAllWays();
            cluster.awaitLastingWhole();
            watched.awaitAllWell();
            watched.assertPromisesAreKept();
        }
    }
}
