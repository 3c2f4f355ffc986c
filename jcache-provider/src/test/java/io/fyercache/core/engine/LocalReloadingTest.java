package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.contract.CacheDefinitions;
import io.fyercache.core.engine.contract.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.KeyDeadlockException;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Values that are loaded ahead of time, or served beyond it, which the engine of a cluster does not do. */
class LocalReloadingTest extends EngineFixture {
    private static final long TTL_MILLIS = 10_000;

    private final AtomicInteger loads = new AtomicInteger();
    private volatile Function<Object, Object> source = key -> "loaded " + key;

    @Override
    protected Engines start() {
        return new LocalEngines();
    }

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

    /** Tells whether no refresh is under way, and nothing is remembered of any. */
    private static boolean isIdle(CacheEngine engine) {
        return coordinator(engine).isIdle();
    }

    /** Tells whether a refresh is under way at this moment. */
    private static boolean isUnderWay(CacheEngine engine) {
        return coordinator(engine).refreshesUnderWay() > 0;
    }

    private static LoadCoordinator coordinator(CacheEngine engine) {
        return Objects.requireNonNull(((LocalCacheEngine) engine).loads());
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
    void refreshAhead_oldEnough_loadsOnceInTheBackground() {
        CacheEngine engine = open(readingThrough().loading(refreshAhead(0.8)));
        engine.execute("k", new Put("v"));
        advance(Duration.ofMillis(TTL_MILLIS * 7 / 10));
        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(loads).hasValue(0);
        advance(Duration.ofMillis(TTL_MILLIS / 10 + 1));
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
        advance(Duration.ofMillis(TTL_MILLIS - 1));
        assertThat(engine.containsKey("k"))
                .as("it lives as long as a new entry")
                .isTrue();
    }

    @Test
    void refreshAhead_putMeanwhile_putWins() {
        CacheEngine engine = open(readingThrough().loading(refreshAhead(0.5)));
        engine.execute("k", new Put("v"));
        advance(Duration.ofMillis(TTL_MILLIS * 9 / 10));
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
        advance(Duration.ofMillis(TTL_MILLIS * 9 / 10));
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
        advance(Duration.ofMillis(TTL_MILLIS * 6 / 10));
        failing();

        engine.get("k");
        await().until(() -> engine.counters().loadFailures() == 1 && !isUnderWay(engine));
        for (int i = 0; i < 100; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
        }
        assertThat(loads).hasValue(1);
        advance(Duration.ofMillis(LoadCoordinator.RETRY_PAUSE_MILLIS));
        engine.get("k");

        await().until(() -> loads.get() == 2);
    }

    @Test
    void refreshAhead_deadlineOfItsOwnInEternalCache_notRefreshed() {
        CacheEngine engine = open(readingThrough().expiry(Expiry.ETERNAL).loading(refreshAhead(0.5)));
        engine.execute("k", new Put("v", engines.millis() + 1_000));

        for (int i = 0; i < 10; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
        }

        assertThat(isIdle(engine)).isTrue();
        assertThat(loads).hasValue(0);
    }

    @Test
    void staleOnError_servesForABoundedTime_withPausesBetweenReloads_thenFails() {
        CacheEngine engine = open(readingThrough().loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        advance(Duration.ofMillis(TTL_MILLIS));

        int expectedLoads = 0;
        for (int pause = 0; pause < 5; pause++) {
            expectedLoads++;
            for (int i = 0; i < 10; i++) {
                assertThat(engine.get("k")).as("after " + pause + " pauses").isEqualTo("v");
            }
            assertThat(loads).hasValue(expectedLoads);
            advance(Duration.ofMillis(LoadCoordinator.RETRY_PAUSE_MILLIS));
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
        advance(Duration.ofMillis(TTL_MILLIS));

        for (int i = 0; i < 50; i++) {
            assertThat(engine.get("k")).isEqualTo("v");
            engine.execute("k", new ReplaceIfEqual("other", "x"));
            advance(Duration.ofMillis(100));
        }

        assertThatThrownBy(() -> engine.get("k")).hasMessage("database down");
    }

    @Test
    void staleOnError_databaseRecovers_newTroubleHasItsFullTime() {
        CacheEngine engine =
                open(readingThrough().expiry(TimeToLive.ofMillis(1_000)).loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        advance(Duration.ofSeconds(1));
        assertThat(engine.get("k")).isEqualTo("v");
        source = key -> "w";
        advance(Duration.ofSeconds(1));
        assertThat(engine.get("k")).isEqualTo("w");
        failing();
        advance(Duration.ofSeconds(1));

        for (int i = 0; i < 5; i++) {
            assertThat(engine.get("k")).as("after " + i + " s").isEqualTo("w");
            advance(Duration.ofSeconds(1));
        }

        assertThatThrownBy(() -> engine.get("k")).hasMessage("database down");
    }

    @Test
    void staleOnError_getAll_someStaleSomeMissing_fails() {
        CacheEngine engine = open(readingThrough().loading(staleOnError(5_000)));
        engine.execute("k", new Put("v"));
        failing();
        advance(Duration.ofMillis(TTL_MILLIS));

        assertThat(engine.getAll(Set.of("k"))).isEqualTo(Map.of("k", "v"));
        advance(Duration.ofMillis(LoadCoordinator.RETRY_PAUSE_MILLIS));

        assertThatThrownBy(() -> engine.getAll(Set.of("k", "unknown"))).hasMessage("database down");
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
}
