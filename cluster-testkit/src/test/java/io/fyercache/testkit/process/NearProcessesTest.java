package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.NearOptions;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.NearFigures;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.testkit.process.MessageTally.Kind;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Near caches of clients and of a member, on three members in processes of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearProcessesTest {
    private static final int PARTITIONS = 16;
    private static final Duration STALENESS = Duration.ofMillis(500);

    /** How many reads are compared with what they may cost. */
    private static final int READS = 2_000;

    /** Some in each partition, most likely. */
    private static final int KEYS = 50;

    private static final int ROUNDS = 20;

    @TempDir
    private static Path folder;

    private final MessageTally tally = new MessageTally();
    private ProcessCluster cluster;
    private CacheManager reader;
    private CacheManager writer;

    @BeforeAll
    void start() {
        cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.BY_LINKS, tally::newEar);
        reader = cluster.openManager("&name=reader&patience=3s");
        writer = cluster.openManager("&name=writer");
    }

    @AfterAll
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static FyerConfiguration<String, Long> nearly() {
        return FyerConfiguration.builder(String.class, Long.class)
                .statisticsEnabled(true)
                .near(NearOptions.upTo(1_000).within(STALENESS))
                .build();
    }

    private static NearFigures figures(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).near();
    }

    /** Reads a key until it is read near. */
    private static void awaitNear(Cache<String, Long> cache, String key) {
        ProcessCluster.await("a read near", () -> {
            long before = figures(cache).hits();
            cache.get(key);
            return figures(cache).hits() > before;
        });
    }

    @Test
    void readsNear_takeNoMessage_andAreHits() {
        Cache<String, Long> cache = reader.createCache("cost", nearly());
        cache.put("k", 1L);
        awaitNear(cache, "k");
        tally.reset();
        long hits = figures(cache).hits();
        for (int i = 0; i < READS; i++) {
            assertThat(cache.get("k")).isEqualTo(1L);
        }

        assertThat(figures(cache).hits() - hits).isGreaterThan(READS - READS / 100);
        assertThat(tally.count(Kind.CALL)).isLessThan(READS / 100);
        assertThat(cache.containsKey("k")).isTrue();
        assertThat(cache.getAll(java.util.Set.of("k"))).containsEntry("k", 1L);
        assertThat(figures(cache).size()).isEqualTo(1);
    }

    @Test
    void whatAnotherProcessChanges_isSoonReadHere_andOwnChangesAtOnce() {
        Cache<String, Long> here = reader.createCache("changes", nearly());
        Cache<String, Long> there = writer.createCache("changes", nearly());
        for (long i = 1; i <= 20; i++) {
            there.put("k", i);
            long expected = i;
            awaitNear(here, "k");
            ProcessCluster.await("the new value", () -> here.get("k") == expected);
            here.put("k", -i);
            assertThat(here.get("k")).isEqualTo(-i);
        }
        assertThat(figures(here).invalidations()).isPositive();
        awaitNear(here, "k");
        there.remove("k");
        ProcessCluster.await("the removal", () -> here.get("k") == null);
        here.put("k", 1L);
        awaitNear(here, "k");
        there.clear();
        ProcessCluster.await("the clearing", () -> here.get("k") == null);
    }

    @Test
    void entryThatExpires_isNotFoundNearAfterwards() {
        FyerConfiguration<String, Long> expiring = nearly().toBuilder()
                .expiry(CreatedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(java.util.concurrent.TimeUnit.SECONDS, 1)))
                .build();
        Cache<String, Long> cache = reader.createCache("expiring", expiring);
        cache.put("k", 1L);
        long putNanos = System.nanoTime();
        awaitNear(cache, "k");
        long last = putNanos;
        while (cache.get("k") != null) {
            last = System.nanoTime();
        }

        assertThat(Duration.ofNanos(last - putNanos)).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void processIsCutOff_readsNothingNearAfterTheBound() {
        Cache<String, Long> cache = reader.createCache("cut", nearly());
        cache.put("k", 1L);
        awaitNear(cache, "k");
        cluster.cutAllWays();
        long cutNanos = System.nanoTime();
        try {
            long last = cutNanos;
            while (isReadNear(cache)) {
                last = System.nanoTime();
            }

            assertThat(Duration.ofNanos(last - cutNanos)).isLessThan(STALENESS.plusMillis(50));
            assertThatThrownBy(() -> cache.get("k")).isInstanceOf(ClusterUnavailableException.class);
        } finally {
            cluster.healAllWays();
        }
        cluster.awaitWhole();
        ProcessCluster.await("an answer", () -> cache.get("k") == 1L);
        awaitNear(cache, "k");
    }

    private boolean isReadNear(Cache<String, Long> cache) {
        long before = figures(cache).hits();
        try {
            cache.get("k");
        } catch (ClusterUnavailableException e) {
            return false;
        }
        return figures(cache).hits() > before;
    }

    @Test
    void memberReadsNear_whatItHasNoCopyOf() {
        try (CacheManager member = cluster.openMember()) {
            SettledCluster.await(member, ProcessCluster.MEMBERS + 1);
            Cache<String, Long> cache = member.createCache("member", nearly());
            IntStream.range(0, KEYS).forEach(key -> cache.put("k" + key, 0L));
            ProcessCluster.await("a read near", () -> {
                readAll(cache);
                return figures(cache).hits() > 0;
            });
            long before = looksNear(cache);
            for (int round = 0; round < ROUNDS; round++) {
                readAll(cache);
            }

            assertThat(looksNear(cache) - before).isBetween(1L, ROUNDS * KEYS - 1L);
        }
        cluster.awaitWhole();
    }

    private static void readAll(Cache<String, Long> cache) {
        for (int key = 0; key < KEYS; key++) {
            assertThat(cache.get("k" + key)).isZero();
        }
    }

    /** Returns how often something was looked for near. */
    private static long looksNear(Cache<?, ?> cache) {
        NearFigures near = figures(cache);
        return near.hits() + near.misses();
    }
}
