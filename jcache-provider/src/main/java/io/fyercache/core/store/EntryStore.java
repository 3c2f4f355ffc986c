package io.fyercache.core.store;

import io.fyercache.core.entry.CacheEntry;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache by key. What it keeps are {@linkplain CacheEntry entries}, which know their key and carry their own lock: a
 * store only has to find, add and drop them, and never runs foreign code.
 *
 * <p>No method may be called with an entry's monitor held: a store may take monitors itself, when it evicts.
 *
 * <p>Thread-safe. An entry that was found may leave the store at any moment; whoever changes it checks, in the same atomic step, that it
 * is not {@linkplain CacheEntry#isDead() dead}.
 */
public interface EntryStore {

    /** Returns the entry of {@code key}, dead or alive, or null. Counts as a use of the entry for the eviction policy. */
    @Nullable
    CacheEntry find(Object key);

    /**
     * Adds {@code fresh} unless its key has an entry.
     *
     * @return the entry that the key had and keeps, or null if {@code fresh} was added
     */
    @Nullable
    CacheEntry insert(CacheEntry fresh);

    /** Puts {@code fresh} in the place of {@code present}, an entry of the same key, if that is in the store. */
    void exchange(CacheEntry present, CacheEntry fresh);

    /** Drops exactly {@code dead}, and leaves any other entry of its key alone. */
    void discard(CacheEntry dead);

    /** Tells the store that the entry has another value now, or is no longer held. Called without the entry's monitor. */
    void changed(CacheEntry entry);

    /** Returns how many entries are kept, counting those that are expired but not yet swept; never more than the bound. */
    long size();

    /** Returns the sum of the weights of the entries; their number if each weighs 1. */
    long weight();

    /**
     * Takes a step towards another maximum, which evicts some entries if it is smaller. By one thread at a time.
     *
     * @param maximum at least 1, in the unit of the bounds
     * @return whether it is reached
     * @throws IllegalStateException if this store has no bounds
     */
    boolean approach(long maximum);

    /** Returns the entries as they are met, in no order, without locking; none is met twice. Not a use for the eviction policy. */
    Iterator<CacheEntry> iterator();
}
