package io.fyercache.quickstart;

import io.fyercache.core.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import javax.cache.Cache;

/**
 * Puts, removes and replaces through the cache from several threads at once. Most keys belong to one thread each, so
 * that it is known what must be in the database afterwards; the others are written by all, so that writes of one key
 * meet.
 */
final class WriteBurst {
    /** Few enough for the threads to meet at a key often, and for most to be in the cache. */
    private static final int MAX_KEYS = 2_048;
    /** Every so many-th key is written by all threads. */
    private static final int SHARED_EVERY = 16;

    private static final int PERCENT = 100;
    private static final int PUT_PERCENT = 50;
    private static final int REPLACE_PERCENT = 30; // the rest are removes

    private static final int PROGRESS_EVERY = 100;

    /**
     * What a burst left behind.
     *
     * @param writes how many puts, removes and replaces were made
     * @param longestNanos how long one of them took at most
     * @param expected the last row that a thread wrote to a key of its own, or empty if it removed it last
     */
    record Result(long writes, long longestNanos, Map<String, Optional<ClassRow>> expected) {
        Result {
            expected = Map.copyOf(expected);
        }
    }

    private final Cache<String, ClassRow> cache;
    private final List<ClassRow> rows;
    private final long seed;
    private final StopSignal stop;
    private final Clock clock;
    private final LongConsumer progress;

    /**
     * Prepares writes to some of {@code rows}, spread evenly; {@code seed} decides which and in what order.
     *
     * @param progress is told now and then how many more writes were made, by the thread that made the last of them
     */
    WriteBurst(
            Cache<String, ClassRow> cache,
            List<ClassRow> rows,
            long seed,
            StopSignal stop,
            Clock clock,
            LongConsumer progress) {
        this.cache = cache;
        this.rows = spread(rows);
        this.seed = seed;
        this.stop = stop;
        this.clock = clock;
        this.progress = progress;
    }

    private static List<ClassRow> spread(List<ClassRow> rows) {
        int step = Math.max(1, rows.size() / MAX_KEYS);
        List<ClassRow> chosen = new ArrayList<>();
        for (int i = 0; i < rows.size() && chosen.size() < MAX_KEYS; i += step) {
            chosen.add(rows.get(i));
        }
        return chosen;
    }

    /**
     * Makes {@code writes} writes from {@code threads} threads, and returns when all are done.
     *
     * @throws ExecutionException if a write threw
     */
    Result run(int writes, int threads) throws InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Writer> writers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int share = writes / threads + (thread < writes % threads ? 1 : 0);
            writers.add(new Writer(rowsOf(thread, threads), share, thread * writes, random.split()));
        }
        Workers.runAll(writers);
        stop.check();
        Map<String, Optional<ClassRow>> expected = new HashMap<>();
        long made = 0;
        long longestNanos = 0;
        for (Writer writer : writers) {
            expected.putAll(writer.expected);
            made += writer.made;
            longestNanos = Math.max(longestNanos, writer.longestNanos);
        }
        return new Result(made, longestNanos, expected);
    }

    /** The rows that belong to {@code thread}, and those that all share. */
    private List<Target> rowsOf(int thread, int threads) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i % SHARED_EVERY == 0) {
                targets.add(new Target(rows.get(i), Ownership.SHARED));
            } else if (i % threads == thread) {
                targets.add(new Target(rows.get(i), Ownership.OWN));
            }
        }
        return targets;
    }

    private enum Ownership {
        OWN,
        SHARED
    }

    private record Target(ClassRow row, Ownership ownership) {}

    /** One thread's writes; read by others only after the thread is done. */
    private final class Writer implements Runnable {
        private final List<Target> targets;
        private final int writes;
        private final int firstSize;
        private final SplittableRandom random;
        private final Map<String, Optional<ClassRow>> expected = new HashMap<>();
        private int made;
        private long longestNanos;

        Writer(List<Target> targets, int writes, int firstSize, SplittableRandom random) {
            this.targets = targets;
            this.writes = writes;
            this.firstSize = firstSize;
            this.random = random;
        }

        @Override
        public void run() {
            while (made < writes && !stop.isRaised()) {
                long start = clock.nanoTime();
                write(targets.get(random.nextInt(targets.size())));
                longestNanos = Math.max(longestNanos, clock.nanoTime() - start);
                made++;
                if (made % PROGRESS_EVERY == 0) {
                    progress.accept(PROGRESS_EVERY);
                }
            }
        }

        private void write(Target target) {
            String key = target.row().name();
            // No other write of any thread has this size, so a lost or a stray write shows.
            ClassRow row = target.row().withSize(firstSize + made);
            int die = random.nextInt(PERCENT);
            if (die < PUT_PERCENT) {
                cache.put(key, row);
                expect(target, Optional.of(row));
            } else if (die < PUT_PERCENT + REPLACE_PERCENT) {
                if (cache.replace(key, row)) {
                    expect(target, Optional.of(row));
                }
            } else {
                cache.remove(key);
                expect(target, Optional.empty());
            }
        }

        private void expect(Target target, Optional<ClassRow> row) {
            if (target.ownership() == Ownership.OWN) {
                expected.put(target.row().name(), row);
            }
        }
    }
}
