package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final int ACCESSES = 10_000;
    private static final int KEYS = 50;
    private static final int THREADS = 4;

    private final Workload workload = workload();
    private final Map<String, ClassRow> database =
            workload.rows().stream().collect(Collectors.toMap(ClassRow::name, Function.identity()));
    private final LoadLedger ledger = new LoadLedger(new DatabaseLoader(), workload.accesses());
    private final StopSignal stop = new StopSignal();

    @Test
    void run_cachingSource_missesEachKeyOnce() throws Exception {
        Map<String, ClassRow> cache = new ConcurrentHashMap<>();
        Replay.Result result = replay(key -> cache.computeIfAbsent(key, ledger::load), Long.MAX_VALUE)
                .run(1);

        assertThat(result.accesses()).isEqualTo(ACCESSES);
        assertThat(result.misses().getTotalCount()).isEqualTo(KEYS);
        assertThat(result.hits().getTotalCount()).isEqualTo(ACCESSES - KEYS);
        assertThat(result.wrong()).isZero();
        assertThat(result.firstWrong()).isNull();
        assertThat(result.nanos()).isPositive();
    }

    @Test
    void run_severalThreads_makeEachAccessOnce() throws Exception {
        Map<String, AtomicLong> reads = new ConcurrentHashMap<>();
        replay(
                        key -> {
                            reads.computeIfAbsent(key, k -> new AtomicLong()).incrementAndGet();
                            return database.get(key);
                        },
                        Long.MAX_VALUE)
                .run(THREADS);

        assertThat(reads).hasSize(KEYS);
        assertThat(reads.values()).allMatch(count -> count.get() == ACCESSES / KEYS);
    }

    @Test
    void run_sourceWithoutCache_missesAlways() throws Exception {
        Replay.Result result = replay(ledger::load, Long.MAX_VALUE).run(1);

        assertThat(result.misses().getTotalCount()).isEqualTo(ACCESSES);
        assertThat(result.hits().getTotalCount()).isZero();
    }

    @Test
    void run_wrongAnswers_areCounted() throws Exception {
        Replay.Result result = replay(
                        key -> switch (key) {
                            case "key 1" -> database.get("key 2");
                            case "key 3" -> null;
                            case "key 4" -> throw new IllegalStateException("broken");
                            default -> database.get(key);
                        },
                        Long.MAX_VALUE)
                .run(1);

        assertThat(result.wrong()).isEqualTo(3 * ACCESSES / KEYS);
        assertThat(result.firstWrong()).isEqualTo("key 1 answered " + database.get("key 2"));
        assertThat(result.accesses()).isEqualTo(ACCESSES);
    }

    @Test
    void run_timeIsUp_endsEarly() throws Exception {
        // An access takes two nanoseconds, so the limit falls within the stream.
        Replay.Result result = new Replay(
                        workload,
                        database::get,
                        ledger,
                        new TickingClock(),
                        stop,
                        Consoles.quiet().step("replaying", ACCESSES),
                        ACCESSES)
                .run(1);

        assertThat(result.accesses()).isBetween(ACCESSES / 4L, ACCESSES * 3L / 4);
    }

    @Test
    void run_stopped_throwsStopped() {
        stop.raise();

        assertThatThrownBy(() -> replay(database::get, Long.MAX_VALUE).run(THREADS))
                .isInstanceOf(StopSignal.Stopped.class);
    }

    private Replay replay(Replay.Source source, long limitNanos) {
        ProgressBar progress = Consoles.quiet().step("replaying", ACCESSES);
        return new Replay(workload, source, ledger, SystemClock.INSTANCE, stop, progress, limitNanos);
    }

    private static Workload workload() {
        ReferenceStream.Builder accesses = new ReferenceStream.Builder();
        for (int i = 0; i < ACCESSES; i++) {
            accesses.add("key " + i % KEYS);
        }
        return Workload.of(List.of(), accesses.build());
    }

    /** Each look at it takes a nanosecond. */
    private static final class TickingClock implements Clock {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long millis() {
            throw new AssertionError("durations are measured with nanoTime");
        }

        @Override
        public long nanoTime() {
            return nanos.getAndIncrement();
        }
    }

    private final class DatabaseLoader implements CacheLoader<String, ClassRow> {
        @Override
        public ClassRow load(String key) {
            return database.get(key);
        }

        @Override
        public Map<String, ClassRow> loadAll(Iterable<? extends String> keys) {
            throw new AssertionError("a replay reads one by one");
        }
    }
}
