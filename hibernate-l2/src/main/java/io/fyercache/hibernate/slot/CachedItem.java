package io.fyercache.hibernate.slot;

import org.jspecify.annotations.Nullable;

/**
 * An entry that can be read.
 *
 * @param value what Hibernate has made of an entity, a collection or a natural id
 * @param version of the entity, or of the owner of the collection; null if it has none
 * @param timestamp when the session of the load began, or when the change was over. Sessions that began earlier do not read it
 */
public record CachedItem(Object value, @Nullable Object version, long timestamp) implements Slot {
    private static final long serialVersionUID = 1L;

    /** Tells whether a session that began at {@code sessionFrom} may read this. It must not see what was committed later. */
    public boolean isReadableFrom(long sessionFrom) {
        return sessionFrom > timestamp;
    }

    /** True only for a newer version: without versions, nothing tells that the load knows better than the change that left this. */
    @Override
    public boolean isReplaceableBy(long loadedFrom, @Nullable Object loadedVersion) {
        return Versions.isNewer(loadedVersion, version);
    }

    @Override
    public String toString() {
        // The value may be secret.
        return "CachedItem[version " + version + ", timestamp " + timestamp + "]";
    }
}
