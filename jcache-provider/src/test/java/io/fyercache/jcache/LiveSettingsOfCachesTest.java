package io.fyercache.jcache;

import static io.fyercache.jcache.TestProvider.configurationOf;
import static io.fyercache.jcache.TestProvider.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidConfigurationException;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.configuration.LoadOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Settings of caches of one JVM change while they are used. */
class LiveSettingsOfCachesTest {
    private static final javax.cache.expiry.Duration MINUTE = javax.cache.expiry.Duration.ONE_MINUTE;

    @RegisterExtension
    final TestProvider test = new TestProvider();

    /** Knows no value, and counts how often it was asked. */
    private static final class Empty implements CacheLoader<Object, Object>, java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger ASKED = new AtomicInteger();

        @Override
        public Object load(Object key) {
            ASKED.incrementAndGet();
            return null;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            return Map.of();
        }
    }

    // ---- expiry

    @Test
    void expiry_concernsWhatIsWrittenAfterwards_andNoDeadlineThatThereIs() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.expiry(CreatedExpiryPolicy.factoryOf(MINUTE)));
        cache.put("before", 1);

        cache.adjust(
                LiveSettings.none().withExpiry(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR)));
        cache.put("after", 2);
        test.advance(Duration.ofMinutes(2));

        assertThat(cache.get("before")).isNull();
        assertThat(cache.get("after")).isEqualTo(2);
    }

    @Test
    void expiry_ofAnEternalCache_beginsWithTheNextWrite() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("stays", 1);
        cache.put("written again", 2);

        cache.adjust(LiveSettings.none().withExpiry(ModifiedExpiryPolicy.factoryOf(MINUTE)));
        cache.put("written again", 3);
        cache.put("new", 4);
        assertThat(cache.get("written again")).isEqualTo(3);
        test.advance(Duration.ofMinutes(2));

        assertThat(cache.get("stays")).isEqualTo(1);
        assertThat(cache.get("written again")).isNull();
        assertThat(cache.get("new")).isNull();
    }

    @Test
    void expiry_byAccess_ofAnEternalCache_beginsWithTheNextRead() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.put("read", 1);
        cache.put("not read", 2);

        cache.adjust(LiveSettings.none().withExpiry(AccessedExpiryPolicy.factoryOf(MINUTE)));
        assertThat(cache.get("read")).isEqualTo(1);
        test.advance(Duration.ofMinutes(2));

        assertThat(cache.get("read")).isNull();
        assertThat(cache.get("not read")).isEqualTo(2);
    }

    @Test
    void expiry_madeEternal_endsNothingMore() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.expiry(AccessedExpiryPolicy.factoryOf(MINUTE)));
        cache.put("k", 1);

        cache.adjust(LiveSettings.none().withExpiry(EternalExpiryPolicy.factoryOf()));
        cache.put("after", 2);
        test.advance(Duration.ofDays(100));

        assertThat(cache.get("k")).isNull();
        assertThat(cache.get("after")).isEqualTo(2);
    }

    // ---- bounds

    @Test
    void bound_madeSmaller_isKeptInTheBackground_andMadeLarger_atOnce() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.maximumEntries(20_000));
        for (int i = 0; i < 20_000; i++) {
            cache.put(i, i);
        }

        cache.adjust(LiveSettings.none().withMaximumEntries(100));

        assertThat(cache.size()).isGreaterThan(15_000); // One step, and no more, on this thread.
        eventually().until(() -> cache.size() <= 100);
        assertThat(cache.size()).isEqualTo(100);
        cache.adjust(LiveSettings.none().withMaximumEntries(200));
        for (int i = 0; i < 1_000; i++) {
            cache.put(i, i);
        }
        assertThat(cache.size()).isEqualTo(200);
    }

    @Test
    void bound_byWeight_isMoved() {
        FyerCache<Object, Object> cache = test.cacheWith(builder ->
                builder.maximumWeight(1_000).weigher(new SingletonFactory<>((key, value) -> (Integer) value)));
        for (int i = 0; i < 100; i++) {
            cache.put(i, 10);
        }

        cache.adjust(LiveSettings.none().withMaximumWeight(500));

        eventually().until(() -> cache.weight() <= 500);
        assertThat(cache.weight()).isGreaterThan(400);
    }

    // ---- loading, statistics

    @Test
    void misses_areRememberedFromThenOn_andThenNoLonger() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.readThrough(true).loader(new SingletonFactory<>(new Empty())));
        Empty.ASKED.set(0);

        cache.adjust(
                LiveSettings.none().withLoadOptions(LoadOptions.defaults().withMissTimeToLive(Duration.ofMinutes(1))));
        cache.get("k");
        cache.get("k");
        assertThat(Empty.ASKED).hasValue(1);
        cache.adjust(LiveSettings.none().withLoadOptions(LoadOptions.defaults()));
        cache.get("l");
        cache.get("l");

        assertThat(Empty.ASKED).hasValue(3);
    }

    /** Waits in each load until it may go on. */
    private static final class Slow implements CacheLoader<Object, Object>, java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger UNDER_WAY = new AtomicInteger();
        private static final AtomicInteger MOST = new AtomicInteger();
        private static volatile CountDownLatch go = new CountDownLatch(1);

        @Override
        public Object load(Object key) {
            MOST.accumulateAndGet(UNDER_WAY.incrementAndGet(), Math::max);
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                UNDER_WAY.decrementAndGet();
            }
            return key;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            return Map.of();
        }
    }

    private static void loadOnThreads(Cache<Object, Object> cache, int first, int loads, Runnable meanwhile)
            throws Exception {
        List<Thread> threads = new java.util.ArrayList<>();
        for (int i = 0; i < loads; i++) {
            int key = first + i;
            Thread thread = new Thread(() -> cache.get(key));
            thread.start();
            threads.add(thread);
        }
        meanwhile.run();
        Slow.go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void concurrentLoads_becomeFewer_andMore() throws Exception {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.readThrough(true).loader(new SingletonFactory<>(new Slow())));
        Slow.MOST.set(0);
        Slow.go = new CountDownLatch(1);
        cache.adjust(LiveSettings.none().withLoadOptions(LoadOptions.defaults().withMaximumConcurrentLoads(1)));
        loadOnThreads(cache, 0, 4, () -> eventually().until(() -> Slow.UNDER_WAY.get() == 1));
        assertThat(Slow.MOST).hasValue(1);

        Slow.go = new CountDownLatch(1);
        cache.adjust(LiveSettings.none().withLoadOptions(LoadOptions.defaults().withMaximumConcurrentLoads(4)));
        loadOnThreads(cache, 10, 4, () -> eventually().until(() -> Slow.UNDER_WAY.get() == 4));
        assertThat(Slow.MOST).hasValue(4);
    }

    @Test
    void statistics_areShown_andTheConfigurationSaysSo() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});

        cache.adjust(LiveSettings.none().withStatistics(true));
        cache.get("k");

        FyerConfiguration<Object, Object> now = configurationOf(cache);
        assertThat(now.isStatisticsEnabled()).isTrue();
        assertThat(TestProvider.beans()).hasSize(1);
        cache.adjust(LiveSettings.none().withStatistics(false));
        assertThat(TestProvider.beans()).isEmpty();
    }

    // ---- refused

    @Test
    void whatCannotBe_isRefused_andNothingIsChanged() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        FyerConfiguration<Object, Object> before = configurationOf(cache);

        assertThatThrownBy(() ->
                        cache.adjust(LiveSettings.none().withStatistics(true).withMaximumEntries(5)))
                .isInstanceOf(InvalidConfigurationException.class);

        assertThat(configurationOf(cache)).isEqualTo(before);
        assertThatThrownBy(() -> cache.adjust(null)).isInstanceOf(NullPointerException.class);
        cache.close();
        assertThatThrownBy(() -> cache.adjust(LiveSettings.none())).isInstanceOf(IllegalStateException.class);
    }
}
