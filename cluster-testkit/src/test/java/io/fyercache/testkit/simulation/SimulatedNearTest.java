package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.NearOptions;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.NearFigures;
import io.fyercache.core.statistics.CacheCounters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches of an application that are read near, through plain JCache: whatever the application does, it finds its own changes. */
class SimulatedNearTest {
    private static final Duration STALENESS = Duration.ofSeconds(1);

    private final SimulatedCluster cluster =
            SimulatedCluster.ofSeed(7).partitions(8).start();

    @AfterEach
    void close() {
        cluster.close();
    }

    private Cache<String, String> cache() {
        return cluster.cacheManager()
                .createCache(
                        "c",
                        FyerConfiguration.builder(String.class, String.class)
                                .statisticsEnabled(true)
                                .near(NearOptions.upTo(100).within(STALENESS))
                                .build());
    }

    private static NearFigures near(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).near();
    }

    /** Puts and reads a key until it is read near. */
    private void keepNear(Cache<String, String> cache, String key, String value) {
        cache.put(key, value);
        long hits = near(cache).hits();
        for (int i = 0; near(cache).hits() == hits; i++) {
            assertThat(i).as("reads").isLessThan(100);
            assertThat(cache.get(key)).isEqualTo(value);
            cluster.advance(Duration.ofMillis(20));
        }
    }

    @Test
    void whateverChangesAnEntry_isFoundAtOnce() {
        Cache<String, String> cache = cache();
        Map<Consumer<Cache<String, String>>, String> changes = new HashMap<>();
        changes.put(c -> c.put("k", "b"), "b");
        changes.put(c -> c.getAndPut("k", "b"), "b");
        changes.put(c -> c.replace("k", "b"), "b");
        changes.put(c -> c.replace("k", "a", "b"), "b");
        changes.put(c -> c.getAndReplace("k", "b"), "b");
        changes.put(c -> c.putAll(Map.of("k", "b")), "b");
        changes.put(c -> c.remove("k"), null);
        changes.put(c -> c.remove("k", "a"), null);
        changes.put(c -> c.getAndRemove("k"), null);
        changes.put(c -> c.removeAll(Set.of("k")), null);
        changes.put(Cache::removeAll, null);
        changes.put(Cache::clear, null);
        changes.put(SimulatedNearTest::removeByIterator, null);
        changes.forEach((change, after) -> {
            keepNear(cache, "k", "a");
            change.accept(cache);

            assertThat(cache.get("k")).isEqualTo(after);
            assertThat(cache.getAll(Set.of("k")).get("k")).isEqualTo(after);
            assertThat(cache.containsKey("k")).isEqualTo(after != null);
        });
    }

    private static void removeByIterator(Cache<String, String> cache) {
        for (var entries = cache.iterator(); entries.hasNext(); ) {
            entries.next();
            entries.remove();
        }
    }

    @Test
    void readsNear_areHits_andTakeNoTime() {
        Cache<String, String> cache = cache();
        keepNear(cache, "k", "a");
        CacheCounters counters = cache.unwrap(CacheEngine.class).counters();
        long hits = counters.hits();
        long begin = cluster.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(cache.get("k")).isEqualTo("a");
        }
        assertThat(cache.getAll(Set.of("k", "none"))).containsExactly(Map.entry("k", "a"));

        assertThat(counters.hits()).isEqualTo(hits + 51);
        assertThat(near(cache).hits()).isGreaterThanOrEqualTo(51);
        assertThat(cluster.nanoTime() - begin)
                .as("one key of them was asked for")
                .isLessThan(50_000_000);
    }

    /** Takes its time, as it is asked where the entries are. */
    public static final class Loader implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            return "loaded " + key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    @Test
    void whatWasLoaded_isReadNear() {
        Cache<String, String> cache = cluster.cacheManager()
                .createCache(
                        "loading",
                        FyerConfiguration.builder(String.class, String.class)
                                .readThrough(true)
                                .loader(FactoryBuilder.factoryOf(Loader.class))
                                .near(NearOptions.upTo(100))
                                .build());
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("k")).isEqualTo("loaded k");
            cluster.advance(Duration.ofMillis(20));
        }

        assertThat(near(cache).hits()).isPositive();
    }

    @Test
    void moreEntriesThanAreKeptNear_areReadAllTheSame() {
        Cache<String, String> cache = cache();
        List<String> keys = IntStream.range(0, 300).mapToObj(i -> "k" + i).toList();
        for (int round = 0; round < 3; round++) {
            for (String key : keys) {
                cache.put(key, key + round);
            }
            for (int reads = 0; reads < 2; reads++) {
                for (String key : keys) {
                    assertThat(cache.get(key)).isEqualTo(key + round);
                }
            }
        }
        assertThat(near(cache).size()).isLessThanOrEqualTo(100);
    }

    @Test
    void primaryIsKilled_itsEntriesAreReadNearUntilTheBound_andThenOfTheNext() {
        Cache<String, String> cache = cache();
        keepNear(cache, "k", "a");
        cluster.kill(cluster.primaryOf("k"));
        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("k")).isEqualTo("a");
            cluster.advance(Duration.ofMillis(20));
        }
        keepNear(cache, "k", "b");
    }

    @Test
    void everyMemberStandsStill_nothingIsReadNearAfterTheBound() {
        Cache<String, String> cache = cache();
        keepNear(cache, "k", "a");
        for (int node = 0; node < 3; node++) {
            cluster.pause(node, Duration.ofSeconds(3));
        }
        cluster.advance(STALENESS.plusMillis(10));
        long hits = near(cache).hits();
        long begin = cluster.nanoTime();

        assertThat(cache.get("k")).isEqualTo("a");

        assertThat(near(cache).hits()).isEqualTo(hits);
        assertThat(cluster.nanoTime() - begin).as("it waits for them").isGreaterThan(1_500_000_000L);
    }
}
