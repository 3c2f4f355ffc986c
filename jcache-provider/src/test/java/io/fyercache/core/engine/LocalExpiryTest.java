package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.engine.contract.CacheDefinitions;
import io.fyercache.core.engine.contract.CacheDefinitions.ListenersOfAll;
import io.fyercache.core.engine.contract.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.HeapEntryStore;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.ManualClock;
import io.fyercache.core.time.SystemClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Expired entries leave memory by themselves, and nothing else ever does. */
class LocalExpiryTest {
    private static final Duration SOON = Duration.ofSeconds(EngineFixture.SOON_SECONDS);

    private final ManualClock clock = new ManualClock(1_000_000);

    /**
     * Its wall time is turned by hand, and its running time runs. The sweeper rests nine times as long as it worked: were a turn of a minute
     * to fall into a sweep and count as work, the next one would come after nine.
     */
    private final Clock turnedAndRunning = new Clock() {
        @Override
        public long millis() {
            return clock.millis();
        }

        @Override
        public long nanoTime() {
            return SystemClock.INSTANCE.nanoTime();
        }
    };

    private final LocalCacheEngines engines =
            new LocalCacheEngines("expiry-test", turnedAndRunning, new HoldWaits(), () -> 0);

    @AfterEach
    void close() {
        engines.close();
    }

    private CacheEngine open(CacheDefinitions definition) {
        return engines.open(definition.build());
    }

    private static void sweep(CacheEngine engine) {
        ((LocalCacheEngine) engine).sweep(new FirstFailure());
    }

    @Test
    void aMillionExpiredEntries_areGoneUnread_oneEventEach() {
        int entries = 1_000_000;
        AtomicInteger expired = new AtomicInteger();
        ChangeListeners listeners = new ListenersOfAll() {
            @Override
            public void publish(EntryChange change) {
                if (change.kind() == EntryChange.Kind.EXPIRED) {
                    expired.incrementAndGet();
                }
            }
        };
        CacheEngine engine = open(cache().expiry(TimeToLive.ofMillis(60_000)).listeners(listeners));
        for (int i = 0; i < entries; i++) {
            engine.execute(i, new Put("v"));
        }
        assertThat(engine.size()).isEqualTo(entries);

        clock.advance(Duration.ofMinutes(1));

        // How soon is for the next test to say, in processor time: on a busy machine this takes as long as it takes.
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> engine.size() == 0);
        assertThat(expired).hasValue(entries);
        assertThat(engine.counters().expiries()).isEqualTo(entries);
        assertThat(engine.counters().evictions()).isZero();
    }

    /** Within 2 s of their deadline: one second until the next sweep, and no more than one of work, on however busy a machine. */
    @Test
    void sweepOfAMillionEntries_takesLessThanASecondOfProcessorTime() {
        LocalCacheEngine engine = new LocalCacheEngine(
                cache().expiry(TimeToLive.ofMillis(60_000)).build(),
                new HeapEntryStore(),
                new CacheCounters(),
                clock,
                new HoldWaits(),
                null,
                closed -> {});
        for (int i = 0; i < 1_000_000; i++) {
            engine.execute(i, new Put("v"));
        }
        clock.advance(Duration.ofMinutes(1));
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        long before = processor.getCurrentThreadCpuTime();

        engine.sweep(new FirstFailure());

        assertThat(Duration.ofNanos(processor.getCurrentThreadCpuTime() - before))
                .isLessThan(Duration.ofMillis(2_000 - ExpirySweeper.PERIOD_MILLIS));
        assertThat(engine.size()).isZero();
    }

    /** Entries are kept alive, rewritten and touched, while sweeps run without pause: none of them may be swept, ever. */
    @Test
    void rewrittenOrTouched_isNeverSwept() throws Exception {
        // Time stands still while an operation runs, so that only a sweep in error can lose an entry.
        CacheEngine engine = open(cache().expiry(TimeToLive.touchedOfMillis(2)));
        ExecutorService threads = Executors.newFixedThreadPool(1);
        AtomicBoolean stop = new AtomicBoolean();
        int lost = 0;
        try {
            Future<?> sweeper = threads.submit(() -> {
                while (!stop.get()) {
                    sweep(engine);
                }
            });
            engine.execute("touched", new Put("v"));
            for (int i = 0; i < 100_000; i++) {
                clock.advance(Duration.ofMillis(1));
                lost += engine.get("touched") == null ? 1 : 0; // It is used every millisecond, and lives for two.
                engine.execute("rewritten", new Put(i)); // Due every second time.
                lost += engine.get("rewritten") == null ? 1 : 0;
                clock.advance(Duration.ofMillis(1));
                lost += engine.get("touched") == null ? 1 : 0;
                clock.advance(Duration.ofMillis(1));
                lost += engine.get("touched") == null ? 1 : 0;
            }
            stop.set(true);
            sweeper.get(EngineFixture.SOON_SECONDS, TimeUnit.SECONDS);
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
        assertThat(lost).isZero();
        assertThat(engine.counters().expiries()).as("due entries that were met").isPositive();
    }

    @Test
    void touched_livesOnFromItsLastUse() {
        CacheEngine engine = open(cache().expiry(TimeToLive.touchedOfMillis(100)));
        engine.execute("k", new Put("v"));
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMillis(99));
            assertThat(engine.get("k")).isEqualTo("v");
            sweep(engine);
        }

        assertThat(engine.containsKey("k")).as("no use").isTrue();
        clock.advance(Duration.ofMillis(100));

        assertThat(engine.get("k")).isNull();
    }

    @Test
    void zeroDurationForCreation_notKeptNotCountedAsPut() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().expiry(TimeToLive.ofMillis(0)).listeners(listeners));
        engine.counters().setEnabled(true);

        engine.execute("k", new Put("v"));

        assertThat(engine.containsKey("k")).isFalse();
        assertThat(engine.size()).isZero();
        assertThat(engine.counters().puts()).isZero();
        assertThat(listeners.heard()).containsExactly("EXPIRED k=v(v)");
    }

    @Test
    void zeroDurationForUpdate_goneAtOnce() {
        TimeToLive expiry = new TimeToLive(Duration.ofSeconds(1), Duration.ZERO, null);
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().expiry(expiry).listeners(listeners));
        engine.execute("k", new Put("v"));

        engine.execute("k", new Put("w"));

        assertThat(engine.get("k")).isNull();
        assertThat(engine.size()).isZero();
        assertThat(listeners.heard()).containsExactly("CREATED k=v(null)", "UPDATED k=w(v)", "EXPIRED k=w(w)");
    }

    @Test
    void putWithDeadline_eternalCache_expiresAndOthersDoNot() {
        for (RecordingListeners listeners : new RecordingListeners[] {null, new RecordingListeners()}) {
            CacheDefinitions definition = cache();
            CacheEngine engine = open(listeners == null ? definition : definition.listeners(listeners));
            engine.execute("eternal", new Put("v"));
            engine.execute("present", new Put("v"));
            engine.execute("present", new Put("w", clock.millis() + 10));
            engine.execute("absent", new Put("w", clock.millis() + 10));
            assertThat(engine.get("present")).isEqualTo("w");
            assertThat(engine.size()).isEqualTo(3);

            clock.advance(Duration.ofMillis(10));
            assertThat(engine.get("present")).isNull();
            sweep(engine);

            assertThat(engine.size()).isEqualTo(1);
            assertThat(engine.get("eternal")).isEqualTo("v");
        }
    }

    /** A key that has a value all the time is never missed, though its entry moves to one with room for a deadline. */
    @Test
    void putWithDeadline_eternalCache_readersMissNothing() throws Exception {
        CacheEngine engine = open(cache());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger missed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(1);
        Object[] current = {0};
        engine.execute(0, new Put("v"));
        try {
            Future<?> reader = threads.submit(() -> {
                while (!stop.get()) {
                    Object key = current[0];
                    if (engine.get(key) == null || !engine.containsKey(key)) {
                        missed.incrementAndGet();
                    }
                }
            });
            for (int i = 1; i < 300_000; i++) {
                engine.execute(i, new Put("v"));
                current[0] = i;
                engine.execute(i, new Put("w", clock.millis() + 1_000));
            }
            stop.set(true);
            reader.get(EngineFixture.SOON_SECONDS, TimeUnit.SECONDS);
            assertThat(missed).hasValue(0);
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void policyThrows_entryUnchangedAndKeyFree() {
        AtomicBoolean broken = new AtomicBoolean();
        Expiry policy = new Expiry() {
            private long answer(long deadline) {
                if (broken.get()) {
                    throw new IllegalStateException("policy");
                }
                return deadline;
            }

            @Override
            public long afterCreation(long nowMillis) {
                return answer(nowMillis + 100);
            }

            @Override
            public long afterUpdate(long nowMillis) {
                return answer(nowMillis + 100);
            }

            @Override
            public long afterAccess(long nowMillis) {
                return answer(UNCHANGED);
            }

            @Override
            public boolean isEternal() {
                return false;
            }

            @Override
            public boolean changesOnAccess() {
                return true;
            }

            @Override
            public boolean runsUserCode() {
                return true;
            }
        };
        CacheEngine engine = open(cache().expiry(policy));
        engine.execute("k", new Put("v"));
        broken.set(true);

        assertThatThrownBy(() -> engine.execute("k", new Put("w"))).hasMessage("policy");
        assertThatThrownBy(() -> engine.execute("new", new Put("w"))).hasMessage("policy");
        assertThatThrownBy(() -> engine.get("k")).hasMessage("policy");

        broken.set(false);
        assertThat(engine.get("k")).isEqualTo("v");
        assertThat(engine.containsKey("new")).isFalse();
        assertThat(engine.size()).isEqualTo(1);
        clock.advance(Duration.ofMillis(100));
        assertThat(engine.get("k")).as("its deadline had stayed").isNull();
    }

    @Test
    void sweeper_listenerThrowsAnything_everyEntryOfEveryCacheGoesAtOnce() {
        RecordingListeners throwing = new RecordingListeners();
        throwing.then(change -> {
            if (change.kind() == EntryChange.Kind.EXPIRED) {
                throw new AssertionError("listener");
            }
        });
        CacheEngine first = open(cache().expiry(TimeToLive.ofMillis(100)).listeners(throwing));
        CacheEngine second = open(cache().expiry(TimeToLive.ofMillis(100)));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100; i++) {
                first.execute(i, new Put("v"));
                second.execute(i, new Put("v"));
            }
            clock.advance(Duration.ofMillis(100));

            await().atMost(SOON).until(() -> first.size() == 0 && second.size() == 0);
        }
        assertThat(first.counters().expiries()).isEqualTo(200);
    }

    @Test
    void close_leavesNoThread() {
        CacheEngine engine = open(cache().expiry(TimeToLive.ofMillis(100)));
        engine.execute("k", new Put("v"));
        engines.background().execute(() -> {});
        assertThat(threadsOf("expiry-test")).isNotEmpty();

        engine.close();
        engines.close();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(threadsOf("expiry-test")).isEmpty());
    }

    private static List<String> threadsOf(String manager) {
        List<String> names = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("fyercache-") && thread.getName().contains(manager)) {
                names.add(thread.getName());
            }
        }
        return names;
    }
}
