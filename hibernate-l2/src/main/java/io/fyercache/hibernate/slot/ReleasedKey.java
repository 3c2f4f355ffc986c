package io.fyercache.hibernate.slot;

import org.jspecify.annotations.Nullable;

/**
 * What a change leaves that left no entry: nothing to read, and proof against loads that may have missed it.
 *
 * @param timestamp a load that began later has seen all changes that are known here
 * @param version the newest version before it; null if there are no versions
 */
public record ReleasedKey(long timestamp, @Nullable Object version) implements Slot {
    private static final long serialVersionUID = 1L;

    /** True if the load began after the change was over, or has found a newer version than was there before. */
    @Override
    public boolean isReplaceableBy(long loadedFrom, @Nullable Object loadedVersion, long fingerprint) {
        return loadedFrom > timestamp || Versions.isNewer(loadedVersion, version);
    }
}
