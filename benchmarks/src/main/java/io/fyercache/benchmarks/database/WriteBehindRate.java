package io.fyercache.benchmarks.database;

import io.fyercache.benchmarks.database.PersonTable.Person;
import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jcache.WriteBehind;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.integration.CacheWriter;
import javax.cache.spi.CachingProvider;

/**
 * At what rate threads change entries of a local cache that writes behind, against one that writes through to the same table, and how far the table is
 * behind when changes come at the rate that is aimed at.
 *
 * <p>No change takes the place of another one: each is of a key of its own. A rate counts until all is in the table.
 */
final class WriteBehindRate {
    /** As many as connections: so many write through at once. */
    static final int THREADS = 8;

    private static final int ROUNDS = 5;

    private static final int ROWS_THROUGH = 8_000;

    private static final int ROWS_BEHIND = 160_000;

    private static final double RATE_TARGET = 5;

    /** For which changes come at the rate of the target. */
    private static final int WATCHED_SECONDS = 10;

    private static final long LOOK_NANOS = 20_000_000;

    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final WriteBehindOptions BEHIND =
            WriteBehindOptions.after(DELAY).withBatchSize(1_000).withMaximumQueued(200_000);

    private final PersonTable table;

    /** How far the table was behind, at most, and what the longest batch took. */
    private record Lag(double longestMillis, double batchMillis) {
        boolean isWithinTarget() {
            return longestMillis <= DELAY.toMillis() + batchMillis;
        }
    }

    private interface Pace {
        /** Waits until a thread's change of that index is to be made. */
        void await(int index);
    }

    WriteBehindRate(PersonTable table) {
        this.table = table;
    }

    void print(PrintStream console) throws SQLException, InterruptedException, ExecutionException {
        double[] through = new double[ROUNDS];
        double[] behind = new double[ROUNDS];
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                through[round] = rate(threads, ROWS_THROUGH, writingBy(table.writer()));
                behind[round] =
                        rate(threads, ROWS_BEHIND, writingBy(table.writer()).writeBehind(BEHIND));
            }
            double aim = DatabaseRun.median(through) * RATE_TARGET;
            double reached = DatabaseRun.median(behind);
            console.printf("%d threads, medians of %d rounds, in rows per second%n", THREADS, ROUNDS);
            console.printf(
                    "write-through %,.0f, write-behind %,.0f: %.1f times as many (target: %.0f, %s)%n",
                    aim / RATE_TARGET,
                    reached,
                    reached / aim * RATE_TARGET,
                    RATE_TARGET,
                    DatabaseRun.judge(reached >= aim));
            Lag lag = watch(threads, aim);
            console.printf(
                    "%,.0f rows per second behind: %.0f ms late at most, the longest batch took %.0f (target: %d and a batch, %s)%n",
                    aim,
                    lag.longestMillis(),
                    lag.batchMillis(),
                    DELAY.toMillis(),
                    DatabaseRun.judge(lag.isWithinTarget()));
        } finally {
            threads.shutdownNow();
        }
    }

    private static ConfigurationBuilder<Long, Person> writingBy(CacheWriter<Long, Person> writer) {
        return FyerConfiguration.builder(Long.class, Person.class)
                .storeByValue(false)
                .writeThrough(true)
                .writer(new SingletonFactory<>(writer));
    }

    /** Changes as many rows as fast as may be; returns how many a second, until the table has all. */
    private double rate(ExecutorService threads, int rows, ConfigurationBuilder<Long, Person> configuration)
            throws SQLException, InterruptedException, ExecutionException {
        double seconds;
        try (CachingProvider provider = new FyerCachingProvider()) {
            FyerCache<Long, Person> cache = open(provider, configuration);
            long start = System.nanoTime();
            for (Future<?> thread : change(threads, cache, rows, index -> {})) {
                thread.get();
            }
            // Closing writes what waits.
            cache.close();
            seconds = DatabaseRun.seconds(start);
        }
        table.requireRows(rows);
        table.clear();
        return rows / seconds;
    }

    /** Changes rows at a rate, and looks at how far the table is behind meanwhile. */
    private Lag watch(ExecutorService threads, double rowsPerSecond)
            throws SQLException, InterruptedException, ExecutionException {
        int rows = (int) (rowsPerSecond * WATCHED_SECONDS);
        double nanosPerChange = 1e9 * THREADS / rowsPerSecond;
        TimedWriter<Long, Person> writer = new TimedWriter<>(table.writer());
        double longestMillis = 0;
        try (CachingProvider provider = new FyerCachingProvider()) {
            FyerCache<Long, Person> cache = open(provider, writingBy(writer).writeBehind(BEHIND));
            WriteBehind<Long, Person> behind = cache.writeBehind().orElseThrow();
            long start = System.nanoTime();
            List<Future<?>> changes = change(
                    threads,
                    cache,
                    rows,
                    index -> LockSupport.parkNanos(start + (long) (index * nanosPerChange) - System.nanoTime()));
            while (!changes.stream().allMatch(Future::isDone)) {
                longestMillis = Math.max(longestMillis, behind.lag().toNanos() / 1e6);
                LockSupport.parkNanos(LOOK_NANOS);
            }
            for (Future<?> thread : changes) {
                thread.get();
            }
        }
        table.requireRows((long) (rows / THREADS) * THREADS);
        table.clear();
        return new Lag(longestMillis, writer.longestNanos() / 1e6);
    }

    @SuppressWarnings("unchecked") // It is made with these types.
    private static FyerCache<Long, Person> open(
            CachingProvider provider, ConfigurationBuilder<Long, Person> configuration) {
        return provider.getCacheManager()
                .createCache("people", configuration.build())
                .unwrap(FyerCache.class);
    }

    /** Has threads make changes, as many each, and each of a key of its own. */
    private static List<Future<?>> change(ExecutorService threads, FyerCache<Long, Person> cache, int rows, Pace pace) {
        int own = rows / THREADS;
        List<Future<?>> started = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            long first = (long) thread * own;
            started.add(threads.submit(() -> IntStream.range(0, own).forEach(index -> {
                pace.await(index);
                cache.put(first + index, Person.of(first + index, 0));
            })));
        }
        return started;
    }
}
