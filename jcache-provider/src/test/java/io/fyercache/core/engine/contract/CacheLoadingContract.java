package io.fyercache.core.engine.contract;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How every {@link CacheEngine} loads what is missing. */
public abstract class CacheLoadingContract extends EngineFixture {
    private static final int READERS = 100;
    private static final long TTL_MILLIS = 10_000;

    private final AtomicInteger loads = new AtomicInteger();
    private volatile Function<Object, Object> source = key -> "loaded " + key;

    private CacheDefinitions readingThrough() {
        return cache().expiry(TimeToLive.ofMillis(TTL_MILLIS)).readingThrough(loader(key -> {
            loads.incrementAndGet();
            return source.apply(key);
        }));
    }

    private static LoadSettings staleOnError(long millis) {
        return new LoadSettings(64, 10_000, 0, millis, 0);
    }

    private void failing() {
        source = key -> {
            throw new IllegalStateException("database down");
        };
    }

    // ---- one load per key
    // ------------------------------------------------------------------------------------------------------

    /** Lets {@link #READERS} threads read one cold key, the load ending only when all others wait for it. */
    private List<Future<Object>> readTogether(CacheEngine engine, Object key, Function<Object, Object> then)
            throws InterruptedException {
        Semaphore end = new Semaphore(0);
        source = loaded -> {
            end.acquireUninterruptibly();
            return then.apply(loaded);
        };
        CountDownLatch started = new CountDownLatch(READERS);
        List<Thread> readers = new ArrayList<>();
        List<Future<Object>> answers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            answers.add(threads.submit(() -> {
                synchronized (readers) {
                    readers.add(Thread.currentThread());
                }
                started.countDown();
                return engine.get(key);
            }));
        }
        started.await();
        await().atMost(Duration.ofSeconds(SOON_SECONDS))
                .until(() -> readers.stream().allMatch(EngineFixture::isWaiting));
        end.release(READERS);
        return answers;
    }

    @Test
    void get_hundredThreadsOnOneColdKey_oneLoad() throws Exception {
        CacheEngine engine = open(readingThrough());

        for (Future<Object> answer : readTogether(engine, "k", key -> "v")) {
            assertThat(answer.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("v");
        }

        assertThat(loads).hasValue(1);
        // In a cluster who asks again while it is loaded may find it there in the end.
        assertThat(engine.counters().misses() + engine.counters().hits())
                .as("each is counted once")
                .isEqualTo(READERS);
        assertThat(engine.counters().misses()).isPositive();
        assertThat(engines.countersOfLoads(engine).loads()).isEqualTo(1);
        assertThat(engine.counters().puts()).isZero();
    }

    @Test
    void get_loaderKnowsNothing_sharedByAllWhoWait() throws Exception {
        CacheEngine engine = open(readingThrough());

        for (Future<Object> answer : readTogether(engine, "k", key -> null)) {
            assertThat(answer.get(SOON_SECONDS, TimeUnit.SECONDS)).isNull();
        }

        assertThat(loads).hasValue(1);
        assertThat(engine.size()).isZero();
    }

    @Test
    void get_loaderThrows_sharedByAllWhoWait() throws Exception {
        CacheEngine engine = open(readingThrough());
        IllegalStateException failure = new IllegalStateException("database down");

        for (Future<Object> answer : readTogether(engine, "k", key -> {
            throw failure;
        })) {
            assertFails(failure, () -> causeOf(answer));
        }

        assertThat(loads).hasValue(1);
        assertThat(engines.countersOfLoads(engine).loadFailures()).isEqualTo(1);
        assertThat(engine.size()).isZero();
    }

    private static void causeOf(Future<Object> answer) throws Throwable {
        try {
            answer.get(SOON_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void get_loaderThrowsError_keyIsFree() throws Exception {
        CacheEngine engine = open(readingThrough());
        OutOfMemoryError error = new OutOfMemoryError("test");
        source = key -> {
            throw error;
        };
        assertFails(error, () -> engine.get("k"));

        source = key -> "v";

        assertThat(elsewhere(() -> engine.get("k"))).isEqualTo("v");
    }

    @Test
    void getAll_missingKeys_loadedTogether() {
        List<Collection<Object>> asked = new ArrayList<>();
        CacheEngine engine = open(cache().readingThrough(new EntryLoader() {
            @Override
            public Object load(Object key) {
                throw new AssertionError("asked for one key");
            }

            @Override
            public Map<Object, Object> loadAll(Collection<?> keys) {
                asked.add(new TreeSet<>(keys));
                return Map.of("b", "B", "c", "C");
            }
        }));
        engine.execute("a", new Put("A"));

        assertThat(engine.getAll(Set.of("a", "b", "c", "d"))).isEqualTo(Map.of("a", "A", "b", "B", "c", "C"));

        assertThat(asked).containsExactly(Set.of("b", "c", "d"));
        assertThat(engine.size()).isEqualTo(3);
    }

    @Test
    void loadAll_replacing_takesWhatTheLoaderKnowsNow() throws Exception {
        CacheEngine engine = open(readingThrough());
        Barrier loading = new Barrier();
        source = key -> {
            loading.reachAndWait();
            return "old";
        };
        Future<Object> reader = threads.submit(() -> engine.get("k"));
        loading.awaitReached();
        source = key -> "new";

        Thread[] replacer = new Thread[1];
        Future<?> replacing = threads.submit(() -> {
            replacer[0] = Thread.currentThread();
            engine.loadAll(Set.of("k"), Existing.REPLACE);
        });
        await().until(() -> replacer[0] != null && isWaiting(replacer[0]));
        loading.open();

        assertThat(reader.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("old");
        replacing.get(SOON_SECONDS, TimeUnit.SECONDS);
        assertThat(engine.get("k")).isEqualTo("new");
    }

    @Test
    void loadAll_replacingFails_valueAndDeadlineStayAndFailureComesOut() {
        CacheEngine engine = open(readingThrough().loading(staleOnError(60_000)));
        engine.execute("k", new Put("v"));
        failing();

        assertFails("database down", () -> engine.loadAll(Set.of("k"), Existing.REPLACE));

        advanceUntilJustBefore(TTL_MILLIS);
        int before = loads.get();
        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(loads).as("the value is still live").hasValue(before);
    }

    // ---- budget
    // ---------------------------------------------------------------------------------------------------------------

    @Test
    void budget_exceeded_saysSo() throws Exception {
        CacheEngine engine = open(readingThrough().loading(new LoadSettings(1, 20, 0, 0, 0)));
        Barrier loading = new Barrier();
        source = key -> {
            loading.reachAndWait();
            return "v";
        };
        Future<Object> first = threads.submit(() -> engine.get("a"));
        loading.awaitReached();

        assertThatThrownBy(() -> engine.get("b"))
                .hasMessageContaining("all 1 concurrent loads")
                .hasMessageContaining("20 ms")
                .hasMessageContaining("maximumConcurrentLoads");

        loading.open();
        assertThat(first.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("v");
        assertThat(engine.get("b")).isEqualTo("v");
    }

    // ---- remembered misses
    // ----------------------------------------------------------------------------------------------------

    private static LoadSettings rememberMisses(long millis) {
        return new LoadSettings(64, 10_000, 0, 0, millis);
    }

    @Test
    void rememberedMiss_isNotLoadedAgainUntilItsTimeIsOver_readsDoNotProlongIt() {
        CacheEngine engine = open(
                readingThrough().expiry(TimeToLive.touchedOfMillis(TTL_MILLIS)).loading(rememberMisses(1_000)));
        source = key -> null;

        assertThat(engine.get("k")).isNull();
        for (int millis : new int[] {300, 300}) {
            advance(Duration.ofMillis(millis));
            assertThat(engine.get("k")).isNull();
            assertThat(engine.getAll(Set.of("k"))).isEmpty();
            assertThat(engine.containsKey("k")).isFalse();
        }
        assertThat(loads).hasValue(1);
        advance(Duration.ofMillis(400));
        assertThat(engine.get("k")).isNull();

        assertThat(loads).hasValue(2);
        assertThat(engine.counters().expiries()).as("a miss is no value").isZero();
    }

    @Test
    void rememberedMiss_put_valueLivesItsOwnTime() {
        CacheEngine engine = open(readingThrough().loading(rememberMisses(1_000)));
        source = key -> null;
        engine.get("k");

        engine.execute("k", new Put("v"));

        advanceUntilJustBefore(TTL_MILLIS);
        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(loads).hasValue(1);
    }

    @Test
    void rememberedMiss_putIntoEternalCache_staysForEver() {
        CacheEngine engine = open(readingThrough().expiry(Expiry.ETERNAL).loading(rememberMisses(1_000)));
        source = key -> null;
        engine.get("k");

        engine.execute("k", new Put("v"));

        advance(Duration.ofMillis(2 * TTL_MILLIS));
        assertThat(engine.get("k")).isEqualTo("v");
    }

    @Test
    void rememberedMiss_cleared_isLoadedAgain() {
        CacheEngine engine = open(readingThrough().loading(rememberMisses(1_000)));
        source = key -> null;
        engine.get("k");
        source = key -> "v";

        engine.clear();

        assertThat(engine.size()).isZero();
        assertThat(engine.get("k")).isEqualTo("v");
    }

    @Test
    void rememberedMiss_removeAll_writerHearsNothing() {
        RecordingWriter writer = new RecordingWriter();
        CacheEngine engine =
                open(readingThrough().loading(rememberMisses(1_000)).writingThrough(writer));
        source = key -> null;
        engine.get("k");

        engine.removeAll();

        assertThat(writer.told).isEmpty();
    }

    @Test
    void rememberedMiss_putAndRemoved_isLoadedAgain() {
        CacheEngine engine = open(readingThrough().loading(rememberMisses(1_000)));
        source = key -> null;
        engine.get("k");
        engine.execute("k", new Put("v"));
        engine.execute("k", Remove.INSTANCE);
        source = key -> "loaded";

        assertThat(engine.get("k")).isEqualTo("loaded");
    }
}
