package io.fyercache.benchmarks.cluster.member;

import io.fyercache.benchmarks.cluster.exchange.Request.StartWriting;
import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import io.fyercache.benchmarks.workload.StampedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;

/**
 * Threads that write while something breaks, each its own key at a steady pace. So all contestants get the same load, and a key that cannot be
 * written keeps nobody from the others. A write that fails is tried again with the next number, so that no number is written twice and an
 * outcome that is unknown stays so. Started, marked and finished by one thread.
 */
final class Writers {
    /** Between a failure and the next try: a cache that refuses at once must not keep the processor from those that repair it. */
    private static final long PAUSE_NANOS = 5_000_000;

    private final Cache<Long, byte[]> cache;
    private final StartWriting order;
    private final ExecutorService threads;
    private final List<Future<WritingLog>> logs = new ArrayList<>();
    private volatile long markNanos = Long.MAX_VALUE;
    private volatile boolean over;

    private Writers(Cache<Long, byte[]> cache, StartWriting order) {
        this.cache = cache;
        this.order = order;
        this.threads = Executors.newFixedThreadPool(order.keys());
    }

    static Writers start(Cache<Long, byte[]> cache, StartWriting order) {
        Writers writers = new Writers(cache, order);
        for (int offset = 0; offset < order.keys(); offset++) {
            long key = order.firstKey() + offset;
            writers.logs.add(writers.threads.submit(() -> writers.write(key)));
        }
        return writers;
    }

    private WritingLog write(long key) {
        long dueNanos = System.nanoTime();
        WritingRecord record = new WritingRecord(key, dueNanos);
        for (long number = 1; !over; number++) {
            boolean done = put(record, key, number);
            long nowNanos = System.nanoTime();
            // What was missed is not made up for.
            dueNanos = Math.max(nowNanos, done ? dueNanos + order.periodNanos() : nowNanos + PAUSE_NANOS);
            while (dueNanos - System.nanoTime() > 0 && !over) {
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
        }
        return record.finish(System.nanoTime(), markNanos);
    }

    private boolean put(WritingRecord record, long key, long number) {
        byte[] value = StampedValue.of(number, order.valueBytes());
        long startNanos = System.nanoTime();
        try {
            cache.put(key, value);
        } catch (RuntimeException e) {
            record.failed(startNanos, System.nanoTime(), markNanos);
            return false;
        }
        record.succeeded(number, startNanos, System.nanoTime(), markNanos);
        return true;
    }

    /** From now on, how long things take counts. */
    void mark() {
        markNanos = System.nanoTime();
    }

    /**
     * Ends the writing.
     *
     * @throws IllegalStateException if a thread does not end within the limit
     */
    WritingLog finish(Duration limit) throws InterruptedException {
        over = true;
        threads.shutdown();
        List<WritingLog> finished = new ArrayList<>();
        for (Future<WritingLog> log : logs) {
            try {
                finished.add(log.get(limit.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                throw new IllegalStateException("a put did not return within " + limit, e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a writer ended: " + e.getCause(), e);
            }
        }
        return WritingLog.merged(finished);
    }
}
