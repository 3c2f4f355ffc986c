package io.fyercache.benchmarks.cluster.member;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.cluster.exchange.Request.Measure;
import io.fyercache.benchmarks.workload.SharedEntries;
import io.fyercache.benchmarks.workload.SwapValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Threads that carry out one operation again and again, as fast as it returns, each with a histogram of its own. */
final class SpeedThreads {
    /** An operation that takes longer is recorded as this: 60 s. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Digits of each duration that are kept: a thousandth is less than two runs differ. */
    private static final int DIGITS = 3;

    private final Cache<Long, byte[]> cache;
    private final SharedEntries entries;
    private final SwapValue<byte[]> swap = new SwapValue<>();

    SpeedThreads(Cache<Long, byte[]> cache, SharedEntries entries) {
        this.cache = cache;
        this.entries = entries;
    }

    /**
     * Carries out an order.
     *
     * @return how long the operations took that began and ended within its span, of all threads together
     * @throws IllegalStateException if an operation failed or gave something else than was written
     */
    Histogram measure(Measure order) throws InterruptedException {
        Histogram all = histogram();
        if (order.threads() == 0) {
            return all;
        }
        ExecutorService threads = Executors.newFixedThreadPool(order.threads());
        try {
            SplittableRandom random = new SplittableRandom(order.seed());
            List<Future<Histogram>> parts = new ArrayList<>();
            for (int thread = 0; thread < order.threads(); thread++) {
                SplittableRandom own = random.split();
                parts.add(threads.submit(() -> repeat(order, own)));
            }
            for (Future<Histogram> part : parts) {
                all.add(part.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "%s failed: %s".formatted(order.operation().id(), e.getCause()), e);
        } finally {
            threads.shutdownNow();
            threads.awaitTermination(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST.toNanos(), DIGITS);
    }

    private Histogram repeat(Measure order, SplittableRandom random) {
        Histogram nanos = histogram();
        while (true) {
            int step = random.nextInt(order.entries());
            long startNanos = System.nanoTime();
            if (startNanos - order.toNanos() >= 0) {
                return nanos;
            }
            carryOut(order.operation(), step);
            long endNanos = System.nanoTime();
            if (startNanos - order.fromNanos() >= 0 && endNanos - order.toNanos() <= 0) {
                nanos.recordValue(Math.min(endNanos - startNanos, LONGEST.toNanos()));
            }
        }
    }

    private void carryOut(ClusterOperation operation, int step) {
        switch (operation) {
            case GET -> expect(isWhole(cache.get(entries.key(step))), operation);
            case PUT -> cache.put(entries.key(step), entries.value(step));
            case INVOKE ->
                expect(
                        Boolean.TRUE.equals(cache.invoke(entries.key(step), swap, (Object) entries.value(step))),
                        operation);
            case GET_ALL -> {
                var found = cache.getAll(entries.bulkKeys(step)).values();
                expect(found.size() == SharedEntries.BULK && found.stream().allMatch(this::isWhole), operation);
            }
            case PUT_ALL -> cache.putAll(entries.bulk(step));
        }
    }

    private boolean isWhole(byte @Nullable [] value) {
        return value != null && value.length == entries.valueBytes();
    }

    private static void expect(boolean holds, ClusterOperation operation) {
        if (!holds) {
            throw new IllegalStateException(operation.id() + " did not find what was put");
        }
    }
}
