package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;

/**
 * Which entry of a cache with bounds goes next. It is chosen among all entries of the cache that a member serves as primary: a bound is too
 * small to be divided among a thousand partitions.
 *
 * <p>The order is told of entries when they are committed, or are served from now on, or no longer. When they are too heavy together it
 * chooses some, and forgets each that it has chosen; {@link PartitionReplica#evict} is then to be called for it, by the thread that owns
 * the entry's partition, and not before the call has returned in which it was chosen. Where the choice cannot be followed, because the
 * entry is about to change or its key is held, the order is told of the entry again as soon as that is over.
 *
 * <p>Thread-safe: all threads of a member that own partitions call it, one after the other for each key, and must not wait in it. So what
 * it chooses, in whichever thread, it hands to the thread that is concerned.
 */
public interface EvictionOrder {

    /**
     * Takes in that an entry has a value, perhaps another one than before. Counts as a use.
     *
     * @param weight what it weighs now, at least 0
     */
    void stored(EntryKey key, int weight);

    /** Takes in that an entry was used. It may be one that the order has forgotten. */
    void used(EntryKey key);

    /**
     * Takes a step towards another maximum, in which it chooses some entries if that is smaller; by one thread at a time.
     *
     * @param maximum how heavy entries may be together, at least 1
     * @return whether it is reached
     */
    boolean approach(long maximum);

    /** Takes in that an entry is gone, or is no longer served here. It may be one that the order has forgotten. */
    void removed(EntryKey key);
}
