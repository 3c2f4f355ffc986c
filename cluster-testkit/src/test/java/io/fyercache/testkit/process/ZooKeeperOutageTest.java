package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.testkit.process.FigureReport.Aim;
import io.fyercache.testkit.process.FigureReport.Of;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All or some of three ZooKeeper servers die, and no member does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZooKeeperOutageTest {
    private static final int PARTITIONS = 16;
    private static final List<Integer> ALL =
            IntStream.range(0, PARTITIONS).boxed().toList();
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int ANSWERS = 25;

    /** Longer than a session, and than ZooKeeper's client waits before it takes one for lost. */
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private static final Duration LONG_OUTAGE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private ProcessCluster cluster;
    private Cache<String, Long> cache;
    private int rounds;

    @BeforeAll
    void start() {
        cluster = ProcessCluster.start(folder, 3, PARTITIONS, Ways.DIRECT);
        cache = cluster.cache("numbers", Long.class);
    }

    @AfterAll
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void allServersAreDown_nobodyNotices() throws IOException {
        goOnWithout("zookeeper-down", OUTAGE);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void allServersAreDown_forTwentySeconds_nobodyNotices() throws IOException {
        goOnWithout("zookeeper-down-20s", LONG_OUTAGE);
    }

    private void goOnWithout(String name, Duration outage) throws IOException {
        RecordedUse use = newUse(cache);
        Load load = Load.start(PARTITIONS, 1, PAUSE, use::newUse);
        long downNanos;
        long upNanos;
        try (load) {
            load.awaitAnswers(ANSWERS);
            downNanos = System.nanoTime();
            cluster.zooKeeper().killAll();
            ProcessCluster.letPass(outage);
            load.awaitAnswers(ANSWERS);
            cluster.zooKeeper().startAgain();
            cluster.zooKeeper().awaitServing();
            load.awaitAnswers(ANSWERS);
            upNanos = System.nanoTime();
        }
        assertThat(load.failures()).isEmpty();
        use.check();
        new FigureReport(name)
                .times("longest pause of a partition", load.answers().longestGapsNanos(ALL, downNanos, upNanos))
                .publish();
    }

    @Test
    void leaderOfTheServersIsKilled_nobodyNotices() throws IOException {
        RecordedUse use = newUse(cache);
        Load load = Load.start(PARTITIONS, 1, PAUSE, use::newUse);
        long killedNanos;
        long electedNanos;
        try (load) {
            load.awaitAnswers(ANSWERS);
            int leader = cluster.zooKeeper().leader();
            killedNanos = System.nanoTime();
            cluster.zooKeeper().kill(leader);
            cluster.zooKeeper().awaitServing();
            load.awaitAnswers(ANSWERS);
            cluster.zooKeeper().startAgain();
            cluster.zooKeeper().awaitServing();
            electedNanos = System.nanoTime();
        }
        assertThat(load.failures()).isEmpty();
        use.check();
        new FigureReport("zookeeper-leader-killed")
                .times("longest pause of a partition", load.answers().longestGapsNanos(ALL, killedNanos, electedNanos))
                .publish();
    }

    /** The grace is 30 s, so this takes longer than a build has. */
    @Test
    @Tag("nightly")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void outageOutlastsTheLicence_operationsFailClearly_andAllGoesOnAfterwards() throws IOException {
        CacheManager impatient = cluster.openManager("&patience=2s");
        Cache<String, Long> hasty = impatient.createCache(
                "numbers", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        RecordedUse use = newUse(hasty);
        Load load = Load.start(PARTITIONS, 1, PAUSE, use::newUse);
        try (load) {
            load.awaitAnswers(ANSWERS);
            cluster.zooKeeper().killAll();
            ProcessCluster.await(
                    "operations of all partitions to fail",
                    () -> load.failures().size() >= 3 * PARTITIONS);
            cluster.zooKeeper().startAgain();
            cluster.zooKeeper().awaitServing();
            long upNanos = System.nanoTime();
            load.awaitAnswers(ANSWERS);
            new FigureReport("zookeeper-licence-over")
                    .times(
                            "until a partition answers after ZooKeeper is back",
                            load.answers().longestGapsNanos(ALL, upNanos, System.nanoTime()),
                            new Aim(Of.MAX, 5_000))
                    .publish();
        }
        assertThat(load.failures())
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(ClusterUnavailableException.class)
                        .hasMessageContaining("ZooKeeper"));
        use.check();
        impatient.close();
    }

    private RecordedUse newUse(Cache<String, Long> used) {
        return new RecordedUse(used, PARTITIONS, "round-" + rounds++);
    }
}
