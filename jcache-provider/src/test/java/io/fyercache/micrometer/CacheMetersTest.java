package io.fyercache.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.core.bus.MemoryBroker;
import io.fyercache.jcache.FyerCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.spi.CachingProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CacheMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private CachingProvider provider;

    @BeforeEach
    void open() {
        provider = Caching.getCachingProvider();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private static FyerConfiguration<Integer, String> configuration() {
        Factory<CacheLoader<Integer, String>> loader = OddKeys::new;
        return FyerConfiguration.builder(Integer.class, String.class)
                .statisticsEnabled(true)
                .maximumEntries(3)
                .loader(loader)
                .readThrough(true)
                .build();
    }

    /** Knows the odd keys, and fails for the key 0. */
    private static final class OddKeys implements CacheLoader<Integer, String> {
        @Override
        public String load(Integer key) {
            if (key == 0) {
                throw new CacheLoaderException("no zero");
            }
            return key % 2 == 1 ? "odd" : null;
        }

        @Override
        public java.util.Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void metersSayWhatTheCacheDid() {
        Cache<Integer, String> cache = provider.getCacheManager().createCache("metered", configuration());
        CacheMeters.monitor(registry, cache, "zone", "a");

        cache.put(2, "two");
        cache.get(2);
        cache.get(4);
        cache.get(5);
        cache.remove(5);
        assertThatThrownBy(() -> cache.get(0)).isInstanceOf(CacheLoaderException.class);
        for (int key = 10; key < 20; key++) {
            cache.put(key, "filler");
        }

        assertThat(counter("cache.gets", "result", "hit")).isEqualTo(1);
        assertThat(counter("cache.gets", "result", "miss")).isEqualTo(3);
        assertThat(counter("cache.puts")).isEqualTo(11);
        assertThat(counter("cache.removals")).isEqualTo(1);
        assertThat(counter("cache.load.keys")).isEqualTo(2);
        assertThat(counter("cache.load.failures")).isEqualTo(1);
        assertThat(registry.get("cache.loads").functionTimer().count()).isEqualTo(2);
        assertThat(registry.get("cache.loads").functionTimer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(registry.get("cache.size").tags("zone", "a").gauge().value()).isEqualTo(3);
        assertThat(registry.get("cache.weight").gauge().value()).isEqualTo(3);
        assertThat(counter("cache.evictions")).isEqualTo(8);
        assertThat(counter("cache.eviction.weight")).isEqualTo(8);
        assertThat(registry.get("cache.size").gauge().getId().getTag("cache")).isEqualTo("metered");
        assertThat(registry.get("cache.size").gauge().getId().getTag("cache.manager"))
                .isEqualTo(cache.getCacheManager().getURI().toString());
    }

    @Test
    void metersOfACacheThatWritesBehind_sayWhatWaitsAndWhatWasGivenUp() {
        Factory<CacheWriter<Integer, String>> writer = EvenKeys::new;
        Cache<Integer, String> cache = provider.getCacheManager()
                .createCache(
                        "behind",
                        FyerConfiguration.builder(Integer.class, String.class)
                                .writer(writer)
                                .writeThrough(true)
                                .writeBehind(WriteBehindOptions.after(Duration.ZERO)
                                        .withAttempts(2)
                                        .withRetryPauses(Duration.ofMillis(1), Duration.ofMillis(1)))
                                .build());
        CacheMeters.monitor(registry, cache);
        cache.put(2, "two");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> gauge("cache.write.queued") == 0);
        cache.put(3, "three");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> gauge("cache.write.dead.letters") == 1);

        assertThat(gauge("cache.write.queued")).isZero();
        assertThat(counter("cache.write.keys")).isEqualTo(1);
        assertThat(counter("cache.write.failures")).isEqualTo(2);
        assertThat(registry.get("cache.writes").functionTimer().count()).isEqualTo(1);
        assertThat(registry.get("cache.write.lag").timeGauge().value(TimeUnit.SECONDS))
                .isZero();
        @SuppressWarnings("unchecked") // it is a cache of these types
        FyerCache<Integer, String> ours = cache.unwrap(FyerCache.class);
        ours.writeBehind().orElseThrow().discard(Set.of(3));
        assertThat(gauge("cache.write.dead.letters")).isZero();
    }

    @Test
    void metersOfACacheThatIsKeptInStep_sayWhatWasToldAndHowOldTheNewsIs() {
        try (MemoryBroker broker = new MemoryBroker()) {
            Cache<Integer, String> cache = provider.getCacheManager()
                    .createCache(
                            "told",
                            FyerConfiguration.builder(Integer.class, String.class)
                                    .topology(Topology.INVALIDATED)
                                    .invalidation(InvalidationOptions.by(broker.address("metered")))
                                    .build());
            CacheMeters.monitor(registry, cache);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> gauge("cache.invalidation.in.step") == 1);

            cache.put(1, "one");
            broker.publishForeign("metered", new byte[] {1});

            assertThat(counter("cache.invalidation.sent")).isEqualTo(1);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> counter("cache.invalidation.dropped") == 1);
            assertThat(counter("cache.invalidation.received")).isZero();
            assertThat(counter("cache.invalidation.gaps")).isZero();
            double cleared = counter("cache.invalidation.cleared");
            broker.start(); // Who is connected is told that something may have been missed.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> counter("cache.invalidation.cleared") == cleared + 1);
            assertThat(counter("cache.invalidation.gaps")).isEqualTo(1);
            assertThat(registry.get("cache.invalidation.lag").timeGauge().value(TimeUnit.SECONDS))
                    .isBetween(0.0, 5.0);
            cache.close();
        }
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    /** Writes the even keys, one at a time, and refuses the others. */
    private static final class EvenKeys implements CacheWriter<Integer, String> {
        @Override
        public void write(Cache.Entry<? extends Integer, ? extends String> entry) {
            if (entry.getKey() % 2 == 1) {
                throw new CacheWriterException("no odd keys");
            }
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends Integer, ? extends String>> entries) {
            for (var all = entries.iterator(); all.hasNext(); all.remove()) {
                write(all.next());
            }
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }

    @Test
    void expiredValuesAreCountedWithoutBeingRead() {
        Cache<Integer, String> cache = provider.getCacheManager()
                .createCache(
                        "expiring",
                        FyerConfiguration.builder(Integer.class, String.class).build());
        CacheMeters.monitor(registry, cache);
        @SuppressWarnings("unchecked") // it is a cache of these types
        FyerCache<Integer, String> ours = cache.unwrap(FyerCache.class);
        ours.put(1, "short", Duration.ofMillis(1));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(counter("cache.expiries")).isEqualTo(1));
    }

    @Test
    void bind_cacheOfAnotherProvider_isRefusedByName() {
        Cache<?, ?> real = provider.getCacheManager().createCache("real", configuration());
        Cache<?, ?> foreign = (Cache<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        throw new IllegalArgumentException("cannot unwrap");
                    }
                    return method.invoke(real, arguments);
                });

        assertThatThrownBy(() -> new CacheMeters(foreign, Tags.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache 'real'")
                .hasMessageContaining("expected: a cache of FyerCache");
    }

    static Stream<String> managerUris() {
        return Stream.of("fyercache:default", "orders", "classpath:io/fyercache/micrometer/metered.yaml", "FILE");
    }

    /** JCacheMetrics looks the statistics up by an object name that it builds from the manager's URI itself. */
    @ParameterizedTest
    @MethodSource("managerUris")
    void jCacheMetricsOfMicrometer_findsTheStatistics(String form, @TempDir Path folder) throws Exception {
        URI uri = form.equals("FILE")
                ? Files.writeString(folder.resolve("fyercache.yaml"), "caches: {}\n")
                        .toUri()
                : URI.create(form);
        CacheManager manager = provider.getCacheManager(uri, null);
        Cache<Integer, String> cache = manager.createCache("named", configuration());
        JCacheMetrics.monitor(registry, cache, Tags.empty());

        cache.put(1, "one");
        cache.get(1);

        assertThat(counter("cache.gets", "result", "hit")).isEqualTo(1);
        assertThat(counter("cache.puts")).isEqualTo(1);
    }

    private double counter(String name, String... tags) {
        return registry.get(name)
                .tags(List.of(tags).toArray(String[]::new))
                .functionCounter()
                .count();
    }
}
