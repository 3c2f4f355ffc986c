package io.fyercache.core.engine;

import static io.fyercache.core.engine.CacheDefinitions.cache;
import static io.fyercache.core.engine.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.CacheDefinitions.TimeToLive;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.KeyDeadlockException;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadBudgetException;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
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
abstract class CacheLoadingContract extends EngineFixture {
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

    private static LoadSettings refreshAhead(double fraction) {
        return new LoadSettings(64, 10_000, fraction, 0, 0);
    }

    private static LoadSettings staleOnError(long millis) {
        return new LoadSettings(64, 10_000, 0, millis, 0);
    }

    private static LoadSettings rememberMisses(long millis) {
        return new LoadSettings(64, 10_000, 0, 0, millis);
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
                .until(() -> readers.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
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
        assertThat(engine.counters().misses()).isEqualTo(READERS);
        assertThat(engine.counters().loads()).isEqualTo(1);
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
            assertThatThrownBy(() -> answer.get(SOON_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(failure);
        }

        assertThat(loads).hasValue(1);
        assertThat(engine.counters().loadFailures()).isEqualTo(1);
        assertThat(engine.size()).isZero();
    }

    @Test
    void get_loaderThrowsError_keyIsFree() throws Exception {
        CacheEngine engine = open(readingThrough());
        source = key -> {
            throw new OutOfMemoryError("test");
        };
        assertThatThrownBy(() -> engine.get("k")).isInstanceOf(OutOfMemoryError.class);

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
    void loader_readsItsOwnKey_refused() {
        CacheEngine[] engine = new CacheEngine[1];
        engine[0] = open(readingThrough());
        source = key -> engine[0].get(key);

        assertThatThrownBy(() -> engine[0].get("k")).isInstanceOf(KeyDeadlockException.class);

        source = key -> "v";
        assertThat(engine[0].get("k")).isEqualTo("v");
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
        await().until(() -> replacer[0] != null && replacer[0].getState() == Thread.State.WAITING);
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

        assertThatThrownBy(() -> engine.loadAll(Set.of("k"), Existing.REPLACE)).hasMessage("database down");

        clock.advance(Duration.ofMillis(TTL_MILLIS - 1));
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
                .isInstanceOf(LoadBudgetException.class)
                .hasMessageContaining("all 1 concurrent loads")
                .hasMessageContaining("20 ms")
                .hasMessageContaining("maximumConcurrentLoads");

        loading.open();
        assertThat(first.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("v");
        assertThat(engine.get("b")).isEqualTo("v");
    }

    // ---- refresh-ahead
    // --------------------------------------------------------------------------------------------------------

    @Test
    void refreshAhead_oldEnough_loadsOnceInTheBackground() {
        CacheEngine engine = open(readingThrough().loading(refreshAhead(0.8)));
        engine.execute("k", new Put("v"));
        clock.advance(Duration.ofMillis(TTL_MILLIS * 7 / 10));
        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(loads).hasValue(0);
        clock.advance(Duration.ofMillis(TTL_MILLIS / 10 + 1));
        Barrier loading = new Barrier();
        source = key -> {
            loading.reachAndWait();
            return "fresh";
        };

        for (int i = 0; i < 10; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
        }
        loading.awaitReached();
        loading.open();

        await().until(() -> engine.get("k").equals("fresh"));
        assertThat(loads).hasValue(1);
        clock.advance(Duration.ofMillis(TTL_MILLIS - 1));
        assertThat(engine.containsKey("k"))
                .as("it lives as long as a new entry")
                .isTrue();
    }

    @Test
    void refreshAhead_putMeanwhile_putWins() {
        CacheEngine engine = open(readingThrough().loading(refreshAhead(0.5)));
        engine.execute("k", new Put("v"));
        clock.advance(Duration.ofMillis(TTL_MILLIS * 9 / 10));
        Barrier loading = new Barrier();
        source = key -> {
            loading.reachAndWait();
            return "fresh";
        };
        engine.get("k");
        loading.awaitReached();

        engine.execute("k", new Put("newer"));
        loading.open();

        await().until(() -> engine.counters().loads() == 1 && isIdle(engine));
        assertThat(engine.get("k")).isEqualTo("newer");
    }

    @Test
    void refreshAhead_removedMeanwhile_staysRemoved() {
        CacheEngine engine = open(readingThrough().loading(refreshAhead(0.5)));
        engine.execute("k", new Put("v"));
        clock.advance(Duration.ofMillis(TTL_MILLIS * 9 / 10));
        Barrier loading = new Barrier();
        source = key -> {
            loading.reachAndWait();
            return "fresh";
        };
        engine.get("k");
        loading.awaitReached();

        engine.execute("k", Remove.INSTANCE);
        loading.open();

        await().until(() -> engine.counters().loads() == 1 && isIdle(engine));
        assertThat(engine.containsKey("k")).isFalse();
    }

    @Test
    void refreshAhead_fails_valueServesAndLoaderIsLeftInPeace() {
        CacheEngine engine = open(readingThrough().loading(refreshAhead(0.5)));
        engine.execute("k", new Put("v"));
        clock.advance(Duration.ofMillis(TTL_MILLIS * 6 / 10));
        failing();

        engine.get("k");
        await().until(() -> engine.counters().loadFailures() == 1 && !isUnderWay(engine));
        for (int i = 0; i < 100; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
        }
        assertThat(loads).hasValue(1);
        clock.advance(Duration.ofMillis(LoadCoordinator.RETRY_PAUSE_MILLIS));
        engine.get("k");

        await().until(() -> loads.get() == 2);
    }

    @Test
    void refreshAhead_deadlineOfItsOwnInEternalCache_notRefreshed() {
        CacheEngine engine = open(readingThrough().expiry(Expiry.ETERNAL).loading(refreshAhead(0.5)));
        engine.execute("k", new Put("v", clock.millis() + 1_000));

        for (int i = 0; i < 10; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
        }

        assertThat(isIdle(engine)).isTrue();
        assertThat(loads).hasValue(0);
    }

    // ---- stale on error
    // -------------------------------------------------------------------------------------------------------

    @Test
    void staleOnError_servesForABoundedTime_withPausesBetweenReloads_thenFails() {
        CacheEngine engine = open(readingThrough().loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        clock.advance(Duration.ofMillis(TTL_MILLIS));

        int expectedLoads = 0;
        for (int pause = 0; pause < 5; pause++) {
            expectedLoads++;
            for (int i = 0; i < 10; i++) {
                assertThat(engine.get("k")).as("after " + pause + " pauses").isEqualTo("v");
            }
            assertThat(loads).hasValue(expectedLoads);
            clock.advance(Duration.ofMillis(LoadCoordinator.RETRY_PAUSE_MILLIS));
        }

        assertThatThrownBy(() -> engine.get("k")).hasMessage("database down");
        assertThat(engine.containsKey("k")).isFalse();
    }

    @Test
    void staleOnError_touchedByReads_boundHoldsAllTheSame() {
        CacheEngine engine = open(
                readingThrough().expiry(TimeToLive.touchedOfMillis(TTL_MILLIS)).loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        clock.advance(Duration.ofMillis(TTL_MILLIS));

        for (int i = 0; i < 50; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
            engine.execute("k", new ReplaceIfEqual("other", "x"));
            clock.advance(Duration.ofMillis(100));
        }

        assertThatThrownBy(() -> engine.get("k")).hasMessage("database down");
    }

    @Test
    void staleOnError_databaseRecovers_newTroubleHasItsFullTime() {
        CacheEngine engine =
                open(readingThrough().expiry(TimeToLive.ofMillis(1_000)).loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        clock.advance(Duration.ofSeconds(1));
        assertThat(engine.get("k")).isEqualTo("v");
        source = key -> "w";
        clock.advance(Duration.ofSeconds(1));
        assertThat(engine.get("k")).isEqualTo("w");
        failing();
        clock.advance(Duration.ofSeconds(1));

        for (int i = 0; i < 5; i++) {
            assertThat(engine.get("k")).as("after " + i + " s").isEqualTo("w");
            clock.advance(Duration.ofSeconds(1));
        }

        assertThatThrownBy(() -> engine.get("k")).hasMessage("database down");
    }

    @Test
    void staleOnError_getAll_someStaleSomeMissing_fails() {
        CacheEngine engine = open(readingThrough().loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        clock.advance(Duration.ofMillis(TTL_MILLIS));

        assertThat(engine.getAll(Set.of("k"))).isEqualTo(Map.of("k", "v"));
        clock.advance(Duration.ofMillis(LoadCoordinator.RETRY_PAUSE_MILLIS));

        assertThatThrownBy(() -> engine.getAll(Set.of("k", "unknown"))).hasMessage("database down");
    }

    // ---- remembered misses
    // ----------------------------------------------------------------------------------------------------

    @Test
    void rememberedMiss_isNotLoadedAgainUntilItsTimeIsOver_readsDoNotProlongIt() {
        CacheEngine engine = open(
                readingThrough().expiry(TimeToLive.touchedOfMillis(TTL_MILLIS)).loading(rememberMisses(1_000)));
        source = key -> null;

        for (int i = 0; i < 10; i++) {
            assertThat(engine.get("k")).isNull();
            assertThat(engine.getAll(Set.of("k"))).isEmpty();
            assertThat(engine.containsKey("k")).isFalse();
            clock.advance(Duration.ofMillis(100));
        }
        assertThat(loads).hasValue(1);
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

        clock.advance(Duration.ofMillis(TTL_MILLIS - 1));
        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(loads).hasValue(1);
    }

    @Test
    void rememberedMiss_putIntoEternalCache_staysForEver() {
        CacheEngine engine = open(readingThrough().expiry(Expiry.ETERNAL).loading(rememberMisses(1_000)));
        source = key -> null;
        engine.get("k");

        engine.execute("k", new Put("v"));

        clock.advance(Duration.ofDays(1_000));
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
    void rememberedMiss_putAndRemovedByAListener_isNotRemembered() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine =
                open(readingThrough().loading(rememberMisses(1_000)).listeners(listeners));
        source = key -> null;
        engine.get("k");
        listeners.then(change -> engine.execute("k", Remove.INSTANCE));

        engine.execute("k", new Put("v"));
        source = key -> "loaded";

        assertThat(engine.get("k")).isEqualTo("loaded");
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

    /** Tells whether no refresh is under way, and nothing is remembered of any. */
    abstract boolean isIdle(CacheEngine engine);

    /** Tells whether a refresh is under way at this moment. */
    abstract boolean isUnderWay(CacheEngine engine);
}
