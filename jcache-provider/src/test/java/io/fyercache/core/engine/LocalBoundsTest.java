package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.EngineFixture.invoke;
import static io.fyercache.core.engine.contract.EngineFixture.isWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.contract.CacheDefinitions;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.engine.contract.EngineFixture.Barrier;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches within bounds: eviction takes entries, and neither holds nor updates with them. */
class LocalBoundsTest {
    private static final int MAXIMUM = 10;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final LocalCacheEngines engines = new LocalCacheEngines("bounds-test", clock, new HoldWaits(), () -> 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        engines.close();
    }

    private CacheEngine open(CacheDefinitions definition) {
        return engines.open(definition.build());
    }

    private static void flood(CacheEngine engine) {
        for (int i = 0; i < 20 * MAXIMUM; i++) {
            engine.execute("flood" + i, new Put(1));
            for (int use = 0; use < 16; use++) {
                engine.get("flood" + i);
            }
        }
        engine.size();
    }

    @Test
    void evictedWhileAProcessorRuns_secondInvocationWaits() throws Exception {
        CacheEngine engine = open(cache().maximumEntries(MAXIMUM));
        engine.execute("k", new Put(0));
        Barrier inside = new Barrier();
        Future<?> first = threads.submit(() -> invoke(engine, "k", entry -> {
            Object seen = entry.value();
            inside.reachAndWait();
            entry.set((Integer) seen + 1);
            return null;
        }));
        inside.awaitReached();
        flood(engine);
        assertThat(engine.get("k")).as("the committed value stays readable").isEqualTo(0);
        AtomicBoolean entered = new AtomicBoolean();
        Thread[] waiter = new Thread[1];

        Future<Object> second = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            return invoke(engine, "k", entry -> {
                entered.set(true);
                return entry.value();
            });
        });
        await().until(() -> (waiter[0] != null && isWaiting(waiter[0])) || entered.get());
        assertThat(entered).as("a second processor works on the same key").isFalse();
        inside.open();

        first.get(EngineFixture.SOON_SECONDS, TimeUnit.SECONDS);
        // The first one's value, unless it was evicted in between, when it was nobody's any more.
        assertThat(second.get(EngineFixture.SOON_SECONDS, TimeUnit.SECONDS)).isIn(1, null);
        assertThat(engine.size()).isLessThanOrEqualTo(MAXIMUM);
    }

    /**
     * Counts in the cache, and in the "database" what was evicted. No count may be lost: what is in the cache and what was evicted is what
     * was counted.
     */
    @Test
    void evictionUnderInvocations_losesNoUpdate() throws Exception {
        int keys = 40;
        int threadCount = 4;
        int each = 20_000;
        Map<Object, Integer> evicted = new ConcurrentHashMap<>();
        CacheEngine engine = open(cache().maximumEntries(MAXIMUM)
                .evictions((key, value) -> evicted.merge(key, (Integer) value, Integer::sum)));
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threadCount; t++) {
            int seed = t;
            done.add(threads.submit(() -> {
                for (int i = 0; i < each; i++) {
                    invoke(engine, (i * 31 + seed * 17) % keys, entry -> {
                        Object seen = entry.value();
                        entry.set(seen == null ? 1 : (Integer) seen + 1);
                        return null;
                    });
                }
            }));
        }
        for (Future<?> future : done) {
            future.get(60, TimeUnit.SECONDS);
        }

        assertThat(engine.size()).isLessThanOrEqualTo(MAXIMUM);
        int[] kept = {0};
        engine.iterator().forEachRemaining(entry -> kept[0] += (Integer) entry.getValue());
        await().atMost(Duration.ofSeconds(EngineFixture.SOON_SECONDS)).untilAsserted(() -> {
            int gone = evicted.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(kept[0] + gone).isEqualTo(threadCount * each);
        });
        assertThat(engine.counters().evictions()).isPositive();
    }

    @Test
    void concurrentPuts_boundHoldsWhenWritersReturn() throws Exception {
        CacheEngine engine = open(cache().maximumEntries(100));
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int seed = t;
            done.add(threads.submit(() -> {
                for (int i = 0; i < 20_000; i++) {
                    engine.execute(seed * 1_000_000 + i, new Put("v"));
                }
            }));
        }
        for (Future<?> future : done) {
            future.get(60, TimeUnit.SECONDS);
        }

        assertThat(engine.size()).isLessThanOrEqualTo(100);
        assertThat(engine.counters().evictions()).isEqualTo(80_000 - engine.size());
    }

    @Test
    void observer_hearsEachEvictionOnce_throwingOrNot() {
        Queue<Object> heard = new ConcurrentLinkedQueue<>();
        CacheEngine engine = open(cache().maximumEntries(MAXIMUM).evictions((key, value) -> {
            heard.add(key);
            if (key.equals(500)) {
                throw new IllegalStateException("observer");
            }
        }));

        for (int i = 0; i < 1_000; i++) {
            engine.execute(i, new Put("v" + i));
        }

        assertThat(engine.size()).isEqualTo(MAXIMUM);
        await().atMost(Duration.ofSeconds(EngineFixture.SOON_SECONDS)).until(() -> heard.size() == 1_000 - MAXIMUM);
        assertThat(heard).doesNotHaveDuplicates();
    }

    @Test
    void overWeightEntry_notKeptAndCounted() {
        CacheEngine engine = open(cache().maximumWeight(100, (key, value) -> (Integer) value));
        engine.execute("light", new Put(10));

        engine.execute("heavy", new Put(101));

        assertThat(engine.size()).isEqualTo(1);
        assertThat(engine.weight()).isEqualTo(10);
        assertThat(engine.containsKey("heavy")).isFalse();
        assertThat(engine.counters().evictions()).isEqualTo(1);
        assertThat(engine.counters().evictedWeight()).isEqualTo(101);
    }

    @Test
    void weigherThrows_keyIsFreeAfterwards() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        CacheEngine engine = open(cache().maximumWeight(100, (key, value) -> {
            if (broken.get()) {
                throw new IllegalStateException("weigher");
            }
            return 1;
        }));
        engine.execute("k", new Put("v"));
        broken.set(true);

        assertThatThrownBy(() -> invoke(engine, "k", entry -> {
                    entry.set("w");
                    return null;
                }))
                .hasMessage("weigher");
        broken.set(false);

        threads.submit(() -> engine.execute("k", new GetAndPut("x"))).get(5, TimeUnit.SECONDS);
        assertThat(engine.get("k")).isEqualTo("x");
    }

    @Test
    void expiry_isNoEviction() {
        CacheEngine engine = open(cache().maximumEntries(MAXIMUM).expiry(TimeToLive.ofMillis(100)));
        engine.execute("k", new Put("v"));

        clock.advance(Duration.ofMillis(100));

        assertThat(engine.get("k")).isNull();
        assertThat(engine.size()).isZero();
        assertThat(engine.counters().evictions()).isZero();
        assertThat(engine.counters().expiries()).isEqualTo(1);
    }
}
