package io.fyercache.hibernate.slot;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When this process has last changed a key: what outlives the slots of a region, which may be evicted, also by the application, while a load is on
 * its way that began before the change.
 *
 * <p>Keys share a fixed number of places, by their hash. So it takes no more memory, however many change, and may take a key for changed
 * that is not: then a load of it is not kept. Thread-safe, without a lock.
 */
public final class RecentChanges {
    /** No session begins before it. */
    public static final long NEVER = Long.MIN_VALUE;

    /**
     * Places, a power of two: 32 KiB for each region. A load for a key without a slot is in vain if one of the changes since it began is of its
     * place: one in 4096 for each such change.
     */
    private static final int PLACES = 4096;

    private final AtomicLongArray latest = new AtomicLongArray(PLACES);
    private final AtomicLong latestOfAll = new AtomicLong(NEVER);

    /** Makes a record without changes. */
    public RecentChanges() {
        for (int place = 0; place < PLACES; place++) {
            latest.setPlain(place, NEVER);
        }
    }

    /** Notes that a change of {@code key} was over at {@code timestamp}. */
    public void note(Object key, long timestamp) {
        latest.accumulateAndGet(placeOf(key), timestamp, Math::max);
    }

    /** Notes that a change that may have been of any key was over at {@code timestamp}. */
    public void noteAll(long timestamp) {
        latestOfAll.accumulateAndGet(timestamp, Math::max);
    }

    /** Returns when the latest change of {@code key} was over; {@link #NEVER} if there was none. */
    long latestOf(Object key) {
        return Math.max(latest.get(placeOf(key)), latestOfAll.get());
    }

    private static int placeOf(Object key) {
        // Multiplied, so that keys that differ in high bits only differ in the low ones too (Knuth, TAOCP vol. 3, 6.4).
        return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
    }
}
