package io.fyercache.sharded.message;

/** What becomes of one entry, as it is replicated: not the operation, but its outcome. */
public sealed interface Effect {

    /** Returns whose entry it is. */
    EntryKey key();

    /** It has this value, until this deadline in partition time (milliseconds; {@code Long.MAX_VALUE} for ever). */
    record Store(EntryKey key, EncodedValue value, long deadlineMillis) implements Effect {}

    /** It keeps its value, until this deadline. */
    record Prolong(EntryKey key, long deadlineMillis) implements Effect {}

    /** It is gone. */
    record Remove(EntryKey key) implements Effect {}

    /**
     * That the partition's copies were lost is acknowledged for the entry's cache (L4), which has no entries in this partition until then.
     *
     * @param key any one of the cache
     */
    record AcknowledgeLoss(EntryKey key) implements Effect {}
}
