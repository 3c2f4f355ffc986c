package io.fyercache.quickstart;

import io.fyercache.core.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Replays a reference stream from several threads and times each access. The threads take the stream's next accesses
 * in small batches, so that together they keep its order, as the requests to a server would.
 */
final class Replay {
    /** Small against the bound of the cache, so that the order holds, and large against the cost of taking one. */
    private static final int BATCH_ACCESSES = 256;

    private static final long LONGEST_NANOS = 60_000_000_000L;
    /** Two digits: errors up to 1 %, in 100 KB per histogram. */
    private static final int SIGNIFICANT_DIGITS = 2;

    /** Where the rows are read from: the cache, or the database without it. */
    @FunctionalInterface
    interface Source {
        /** Returns the row of {@code key}, or null where there is none. */
        @Nullable
        ClassRow read(String key);
    }

    /**
     * What a replay saw.
     *
     * @param accesses how many accesses were made; the whole stream unless the time was up
     * @param nanos how long they took together
     * @param hits latencies in nanoseconds of the accesses that waited for no load
     * @param misses latencies in nanoseconds of the others
     * @param wrong how many were answered with anything but the row of their key
     * @param firstWrong the first of these, or null
     */
    record Result(
            long accesses,
            long nanos,
            Histogram hits,
            Histogram misses,
            long wrong,
            @Nullable String firstWrong) {}

    private final Workload workload;
    private final Source source;
    private final LoadLedger ledger;
    private final Clock clock;
    private final StopSignal stop;
    private final ProgressBar progress;
    private final AtomicInteger nextBatch = new AtomicInteger();
    private final long startNanos;
    private final long limitNanos;

    /**
     * Prepares one replay; its time starts now.
     *
     * @param ledger counts the loads that {@code source} causes
     * @param limitNanos after how long the replay ends even if the stream has not
     */
    Replay(
            Workload workload,
            Source source,
            LoadLedger ledger,
            Clock clock,
            StopSignal stop,
            ProgressBar progress,
            long limitNanos) {
        this.workload = workload;
        this.source = source;
        this.ledger = ledger;
        this.clock = clock;
        this.stop = stop;
        this.progress = progress;
        this.startNanos = clock.nanoTime();
        this.limitNanos = limitNanos;
    }

    /** Replays from {@code threads} threads, and returns when all are done. Once only. */
    Result run(int threads) throws InterruptedException, ExecutionException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker());
        }
        Workers.runAll(workers);
        long nanos = clock.nanoTime() - startNanos;
        stop.check();
        Histogram hits = newHistogram();
        Histogram misses = newHistogram();
        long wrong = 0;
        String firstWrong = null;
        for (Worker worker : workers) {
            hits.add(worker.hits);
            misses.add(worker.misses);
            wrong += worker.wrong;
            firstWrong = firstWrong == null ? worker.firstWrong : firstWrong;
        }
        return new Result(hits.getTotalCount() + misses.getTotalCount(), nanos, hits, misses, wrong, firstWrong);
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    }

    /** One thread's share; read by others only after the thread is done. */
    private final class Worker implements Runnable {
        private final Histogram hits = newHistogram();
        private final Histogram misses = newHistogram();
        private long wrong;
        private @Nullable String firstWrong;

        @Override
        public void run() {
            int length = workload.accesses().length();
            while (!stop.isRaised() && clock.nanoTime() - startNanos < limitNanos) {
                long from = (long) nextBatch.getAndIncrement() * BATCH_ACCESSES;
                if (from >= length) {
                    break;
                }
                int to = (int) Math.min(length, from + BATCH_ACCESSES);
                for (int position = (int) from; position < to; position++) {
                    access(workload.accesses().keyNumberAt(position));
                }
                progress.advance(to - from);
            }
        }

        /**
         * Reads one key. The access is a miss if a load of the key ended meanwhile: it was made for this access, or
         * this access waited for it.
         */
        private void access(int keyNumber) {
            String key = workload.accesses().keys().get(keyNumber);
            ClassRow expected = workload.accessedRows().get(keyNumber);
            int loadsBefore = ledger.finishedLoads(keyNumber);
            long start = clock.nanoTime();
            try {
                ClassRow row = source.read(key);
                record(clock.nanoTime() - start, keyNumber, loadsBefore);
                if (!expected.equals(row)) {
                    noteWrong(key + " answered " + row);
                }
            } catch (RuntimeException e) {
                record(clock.nanoTime() - start, keyNumber, loadsBefore);
                noteWrong(key + " threw " + e);
            }
        }

        private void record(long nanos, int keyNumber, int loadsBefore) {
            Histogram histogram = ledger.finishedLoads(keyNumber) == loadsBefore ? hits : misses;
            histogram.recordValue(Math.min(nanos, LONGEST_NANOS));
        }

        private void noteWrong(String answer) {
            wrong++;
            firstWrong = firstWrong == null ? answer : firstWrong;
        }
    }
}
