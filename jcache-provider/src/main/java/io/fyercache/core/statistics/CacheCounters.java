package io.fyercache.core.statistics;

import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one cache. Those of JSR-107 chapter 12 (hits, misses, puts, removals and the three average times) count only while
 * statistics are {@linkplain #setEnabled enabled}; the others always do, because they are rare and an operator needs them.
 *
 * <p>Thread-safe. A sum read while others count is a sum of some moment in between.
 */
public final class CacheCounters {
    /** In a tally: a get was answered. */
    public static final int HIT = 1;
    /** In a tally: a get found nothing. */
    public static final int MISS = 2;
    /** In a tally: a value was put. */
    public static final int PUT = 4;
    /** In a tally: a value was removed. */
    public static final int REMOVAL = 8;
    /** In a tally: a value was put whose time was over at once. */
    public static final int EXPIRY = 16;

    private volatile boolean enabled;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder removals = new LongAdder();
    private final LongAdder getNanos = new LongAdder();
    private final LongAdder putNanos = new LongAdder();
    private final LongAdder removeNanos = new LongAdder();
    private final LongAdder timedGets = new LongAdder();
    private final LongAdder timedPuts = new LongAdder();
    private final LongAdder timedRemovals = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder evictedWeight = new LongAdder();
    private final LongAdder expiries = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadCalls = new LongAdder();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder writeBatches = new LongAdder();
    private final LongAdder writeFailures = new LongAdder();
    private final LongAdder writeNanos = new LongAdder();
    private final LongAdder writesGivenUp = new LongAdder();

    /** Makes counters that count whether or not anybody has enabled statistics: those of who serves, and not of who asks. */
    public static CacheCounters ofServer() {
        CacheCounters counters = new CacheCounters();
        counters.setEnabled(true);
        return counters;
    }

    /** Tells whether the counters of JSR-107 count. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Switches the counters of JSR-107 on or off; what was counted stays. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Sets the counters of JSR-107 to zero ({@code CacheStatisticsMXBean.clear}). */
    public void clear() {
        for (LongAdder counter : new LongAdder[] {
            hits,
            misses,
            puts,
            removals,
            getNanos,
            putNanos,
            removeNanos,
            timedGets,
            timedPuts,
            timedRemovals,
            evictions
        }) {
            counter.reset();
        }
    }

    /** Counts a get that was answered. */
    public void hit() {
        if (enabled) {
            hits.increment();
        }
    }

    /** Counts a get that found nothing. */
    public void miss() {
        if (enabled) {
            misses.increment();
        }
    }

    /** Counts what one operation did: a sum of {@link #HIT}, {@link #MISS}, {@link #PUT}, {@link #REMOVAL} and {@link #EXPIRY}. */
    public void count(int tally) {
        if ((tally & EXPIRY) != 0) {
            expiries.increment();
        }
        if (tally != 0 && enabled) {
            if ((tally & HIT) != 0) {
                hits.increment();
            }
            if ((tally & MISS) != 0) {
                misses.increment();
            }
            if ((tally & PUT) != 0) {
                puts.increment();
            }
            if ((tally & REMOVAL) != 0) {
                removals.increment();
            }
        }
    }

    /** Counts an entry that had to go to keep within bounds. */
    public void eviction(int weight) {
        evictions.increment();
        evictedWeight.add(weight);
    }

    /** Counts a value whose time was over. */
    public void expiry() {
        expiries.increment();
    }

    /** Counts a finished call of the loader for {@code keys} keys that took {@code nanos} nanoseconds. */
    public void load(int keys, long nanos) {
        loads.add(keys);
        loadCalls.increment();
        loadNanos.add(nanos);
    }

    /** Counts a failed call of the loader. */
    public void loadFailure() {
        loadFailures.increment();
    }

    /**
     * Counts a batch of changes that were written behind.
     *
     * @param keys how many changes were written
     * @param nanos how long it took, in nanoseconds
     * @param whole whether all were
     */
    public void write(int keys, long nanos, boolean whole) {
        writes.add(keys);
        if (whole) {
            writeBatches.increment();
            writeNanos.add(nanos);
        } else {
            writeFailures.increment();
        }
    }

    /** Counts changes that are not tried to be written any more. */
    public void giveUpWrites(int changes) {
        writesGivenUp.add(changes);
    }

    /** Notes that operations which count as gets took {@code nanos} nanoseconds. */
    public void timeGet(long nanos) {
        timedGets.increment();
        getNanos.add(nanos);
    }

    /** Notes that an operation which counts as a put took {@code nanos} nanoseconds. */
    public void timePut(long nanos) {
        timedPuts.increment();
        putNanos.add(nanos);
    }

    /** Notes that an operation which counts as a removal took {@code nanos} nanoseconds. */
    public void timeRemoval(long nanos) {
        timedRemovals.increment();
        removeNanos.add(nanos);
    }

    /** Returns how many gets were answered. */
    public long hits() {
        return hits.sum();
    }

    /** Returns how many gets found nothing. */
    public long misses() {
        return misses.sum();
    }

    /** Returns how many values were put. */
    public long puts() {
        return puts.sum();
    }

    /** Returns how many values were removed. */
    public long removals() {
        return removals.sum();
    }

    /** Returns how many entries were evicted. */
    public long evictions() {
        return evictions.sum();
    }

    /** Returns the sum of the weights of evicted entries. */
    public long evictedWeight() {
        return evictedWeight.sum();
    }

    /** Returns how many values expired. */
    public long expiries() {
        return expiries.sum();
    }

    /** Returns for how many keys the loader was asked with success. */
    public long loads() {
        return loads.sum();
    }

    /** Returns how many calls of the loader failed. */
    public long loadFailures() {
        return loadFailures.sum();
    }

    /** Returns how many calls of the loader ended well. */
    public long loadCalls() {
        return loadCalls.sum();
    }

    /** Returns the time that those calls took together, in nanoseconds. */
    public long loadNanos() {
        return loadNanos.sum();
    }

    /** Returns how many changes were written behind. */
    public long writes() {
        return writes.sum();
    }

    /** Returns how many batches of changes were written behind as a whole. */
    public long writeBatches() {
        return writeBatches.sum();
    }

    /** Returns the time that those batches took together, in nanoseconds. */
    public long writeNanos() {
        return writeNanos.sum();
    }

    /** Returns how many batches could not be written behind, or not as a whole. */
    public long writeFailures() {
        return writeFailures.sum();
    }

    /** Returns how many changes were given up that were to be written behind. */
    public long writesGivenUp() {
        return writesGivenUp.sum();
    }

    /** Returns the mean time of the gets that were timed, in nanoseconds, 0 if there were none. */
    public double averageGetNanos() {
        return average(getNanos, timedGets);
    }

    /** Returns the mean time of the puts that were timed, in nanoseconds, 0 if there were none. */
    public double averagePutNanos() {
        return average(putNanos, timedPuts);
    }

    /** Returns the mean time of the removals that were timed, in nanoseconds, 0 if there were none. */
    public double averageRemoveNanos() {
        return average(removeNanos, timedRemovals);
    }

    private static double average(LongAdder sum, LongAdder count) {
        long timed = count.sum();
        return timed == 0 ? 0 : (double) sum.sum() / timed;
    }
}
