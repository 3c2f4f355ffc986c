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
 * Threads that write while something breaks, each its own keys in turn. A write that fails is tried again with the next number, so that no
 * number is written twice and an outcome that is unknown stays so. Started, marked and finished by one thread.
 */
final class Writers {
    /** Between a failure and the next try: a cache that refuses at once must not keep the processor from those that repair it. */
    private static final long PAUSE_NANOS = 1_000_000;

    private final Cache<Long, byte[]> cache;
    private final StartWriting order;
    private final ExecutorService threads;
    private final List<Future<WritingLog>> logs = new ArrayList<>();
    private volatile long markNanos = Long.MAX_VALUE;
    private volatile boolean over;

    private Writers(Cache<Long, byte[]> cache, StartWriting order) {
        this.cache = cache;
        this.order = order;
        this.threads = Executors.newFixedThreadPool(order.threads());
    }

    static Writers start(Cache<Long, byte[]> cache, StartWriting order) {
        Writers writers = new Writers(cache, order);
        for (int thread = 0; thread < order.threads(); thread++) {
            long firstKey = order.firstKey() + (long) thread * order.keysPerThread();
            writers.logs.add(writers.threads.submit(() -> writers.write(firstKey)));
        }
        return writers;
    }

    private WritingLog write(long firstKey) {
        WritingRecord record = new WritingRecord(firstKey, order.keysPerThread(), System.nanoTime());
        long number = 0;
        while (!over) {
            number++;
            for (int index = 0; index < order.keysPerThread() && !over; index++) {
                put(record, firstKey, index, number);
            }
        }
        return record.finish(System.nanoTime(), markNanos);
    }

    private void put(WritingRecord record, long firstKey, int index, long number) {
        byte[] value = StampedValue.of(number, order.valueBytes());
        long startNanos = System.nanoTime();
        try {
            cache.put(firstKey + index, value);
        } catch (RuntimeException e) {
            record.failed(startNanos, System.nanoTime(), markNanos);
            LockSupport.parkNanos(PAUSE_NANOS);
            return;
        }
        record.succeeded(index, number, startNanos, System.nanoTime(), markNanos);
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
