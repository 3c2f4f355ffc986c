package io.fyercache.management.metrics;

import io.fyercache.core.time.SystemClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many entries caches have, of a moment ago: they are counted by a thread of its own, and who asks gets the last number. In a cluster counting
 * asks each partition, and takes as long as its members take to answer. Thread-safe.
 */
final class EntryCounts implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(EntryCounts.class.getName());

    /** Nanoseconds, 15 s, for which a number is good enough: as often as Prometheus commonly asks. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Caches that wait to be counted; others are at the next look. */
    private static final int MAX_WAITING = 1_000;

    private static final long IDLE_SECONDS = 60;

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor thread;

    /**
     * What is known of a cache.
     *
     * @param entries not a number before they are counted
     * @param nextNanos when they should be counted again
     */
    private record Count(double entries, long nextNanos) {}

    EntryCounts() {
        thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> {
                    Thread made = new Thread(work, "fyercache-entry-counts");
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /** Returns how many entries a cache had lately, and has them counted anew if that is long ago. Never waits. */
    double of(String cache, LongSupplier size) {
        long now = SystemClock.INSTANCE.nanoTime();
        Count known = counts.get(cache);
        if (known != null && now - known.nextNanos() < 0) {
            return known.entries();
        }
        double last = known == null ? Double.NaN : known.entries();
        // Before it is begun, so that nobody begins it a second time meanwhile.
        counts.put(cache, new Count(last, now + FRESH_NANOS));
        try {
            thread.execute(() -> count(cache, size));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "entries of cache ''{0}'' are not counted this time", cache);
        }
        return last;
    }

    private void count(String cache, LongSupplier size) {
        try {
            long entries = size.getAsLong();
            counts.computeIfPresent(cache, (name, known) -> new Count(entries, known.nextNanos()));
        } catch (RuntimeException e) {
            // Of a cluster that does not answer, or a cache that was closed meanwhile: the last number is the best
            // there is.
            LOGGER.log(Level.DEBUG, "entries of cache '" + cache + "' cannot be counted", e);
        }
    }

    void forget(String cache) {
        counts.remove(cache);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
