package io.fyercache.sharded.message;

/**
 * An entry in a copy of a partition.
 *
 * @param deadlineMillis in partition time: from then on it counts as gone, although only the primary's decision takes it out
 */
public record StoredEntry(EncodedValue value, long deadlineMillis) {

    /** Tells whether its time is over at {@code partitionMillis}. */
    public boolean isExpiredAt(long partitionMillis) {
        return deadlineMillis <= partitionMillis;
    }
}
