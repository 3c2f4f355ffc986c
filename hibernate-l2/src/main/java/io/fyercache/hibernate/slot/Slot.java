package io.fyercache.hibernate.slot;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a region keeps for a key: an entry that can be read, or what forbids to read and to keep one. A key without a slot is free.
 *
 * <pre>
 *   free ----------- a load, an insert ----------> {@link CachedItem}
 *   any  ----------- a change begins ------------> {@link LockedKey}
 *   {@link LockedKey} -- its only change commits --------> {@link CachedItem}
 *   {@link LockedKey} -- rolled back, or not the only one -> {@link ReleasedKey} when the last one ends
 *   {@link ReleasedKey} - a load that began afterwards ---> {@link CachedItem}
 *   {@link CachedItem} -- an insert that began later -----> free, as the row had gone untold
 *   {@link CachedItem} -- a load of a newer version, or that began later and is by another fingerprint --> {@link CachedItem}
 * </pre>
 *
 * <p>Locks are the same for all: by whatever model a process takes states apart, it locks the keys that the others lock.
 *
 * <p>Immutable. Slots travel as bytes; one of a release that gives it other components does not decode, and counts as none.
 */
public sealed interface Slot extends Serializable permits CachedItem, LockedKey, ReleasedKey {

    /** Returns the newest version that is known to have been in the database; null where that is unknown, or there are no versions. */
    @Nullable
    Object version();

    /**
     * Returns a time after which loads have seen all changes that are known here. It never goes back while the key has a slot, although changes may be told of in another order than that
     * in which they were over.
     */
    long timestamp();

    /**
     * Tells whether what a load has found may replace this.
     *
     * @param loadedFrom when the session of the load began: it has seen what was committed before
     * @param loadedVersion the version that it has found; null if there are no versions
     * @param fingerprint of the model by which it has taken apart what it has found
     */
    boolean isReplaceableBy(long loadedFrom, @Nullable Object loadedVersion, long fingerprint);
}
