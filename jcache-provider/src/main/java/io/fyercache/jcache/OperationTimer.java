package io.fyercache.jcache;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Measures how long operations take, while statistics are on.
 *
 * <p>JMX shows averages only, and reading a clock twice takes longer than a get. So one operation in {@value #SAMPLING}, chosen at
 * random, is measured: the average is as true, and a get costs what it costs without statistics. Hits, misses, puts and removals are
 * counted each. Operations that throw are not measured. Thread-safe.
 */
final class OperationTimer {

    /** Of how many operations one is measured; a power of two. */
    static final int SAMPLING = 64;

    /** The start of an operation that is not measured. */
    static final long NOT_MEASURED = Long.MIN_VALUE;

    private final CacheCounters counters;
    private final Clock clock;

    OperationTimer(CacheCounters counters, Clock clock) {
        this.counters = counters;
        this.clock = clock;
    }

    /** Returns when an operation that starts now started, or {@link #NOT_MEASURED}. */
    long start() {
        return counters.isEnabled() && (ThreadLocalRandom.current().nextInt() & (SAMPLING - 1)) == 0
                ? clock.nanoTime()
                : NOT_MEASURED;
    }

    /** Notes that a get ends now. */
    void get(long start) {
        if (start != NOT_MEASURED) {
            counters.timeGet(clock.nanoTime() - start);
        }
    }

    /** Notes that gets of {@code keys} keys end now. */
    void gets(long start, int keys) {
        if (start != NOT_MEASURED && keys > 0) {
            counters.timeGet((clock.nanoTime() - start) / keys);
        }
    }

    /** Notes that a put ends now. */
    void put(long start) {
        if (start != NOT_MEASURED) {
            counters.timePut(clock.nanoTime() - start);
        }
    }

    /** Notes that puts of {@code keys} keys end now. */
    void puts(long start, int keys) {
        if (start != NOT_MEASURED && keys > 0) {
            counters.timePut((clock.nanoTime() - start) / keys);
        }
    }

    /** Notes that a removal ends now. */
    void removal(long start) {
        if (start != NOT_MEASURED) {
            counters.timeRemoval(clock.nanoTime() - start);
        }
    }

    /** Notes that removals of {@code keys} keys end now. */
    void removals(long start, int keys) {
        if (start != NOT_MEASURED && keys > 0) {
            counters.timeRemoval((clock.nanoTime() - start) / keys);
        }
    }

    /** Notes that an operation ends now that reads and puts. */
    void getAndPut(long start) {
        if (start != NOT_MEASURED) {
            long nanos = clock.nanoTime() - start;
            counters.timeGet(nanos);
            counters.timePut(nanos);
        }
    }

    /** Notes that an operation ends now that reads and removes. */
    void getAndRemove(long start) {
        if (start != NOT_MEASURED) {
            long nanos = clock.nanoTime() - start;
            counters.timeGet(nanos);
            counters.timeRemoval(nanos);
        }
    }
}
