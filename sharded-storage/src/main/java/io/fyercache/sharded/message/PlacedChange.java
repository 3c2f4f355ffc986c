package io.fyercache.sharded.message;

import io.fyercache.core.operation.EntryChange;

/**
 * What listeners of a cache are to be told of one of its entries. Immutable.
 *
 * @param place tells it from all others of a partition in one generation, whoever tells it, and grows: see {@link #place}
 * @param cache the number of the cache
 * @param change the key is an encoded one, and so are the values
 */
public record PlacedChange(long place, int cache, EntryChange change) {

    /**
     * Returns the place of a change.
     *
     * @param entry the number of the log's entry that it comes of
     * @param effect which of the entry's effects that is, 0..{@link LogEntry#MAX_EFFECTS}-1
     */
    public static long place(long entry, int effect) {
        return entry * LogEntry.MAX_EFFECTS + effect;
    }

    /** Returns the number of the log's entry that a change at a place comes of. */
    public static long entryAt(long place) {
        return place / LogEntry.MAX_EFFECTS;
    }

    /** Returns the key. */
    public EncodedKey key() {
        return (EncodedKey) change.key();
    }
}
