package io.fyercache.hibernate.slot;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry that can be read.
 *
 * @param value what Hibernate has made of an entity, a collection or a natural id
 * @param version of the entity, or of the owner of the collection; null if it has none
 * @param timestamp when the session of the load began, or when the change was over. Sessions that began earlier do not read it
 * @param fingerprint of the model by which the value was taken apart. Nobody with another one reads it
 */
public record CachedItem(Object value, @Nullable Object version, long timestamp, long fingerprint) implements Slot {
    private static final long serialVersionUID = 1L;

    /** Returns this with a timestamp that is {@code earliest} at least. */
    CachedItem since(long earliest) {
        return earliest <= timestamp ? this : new CachedItem(value, version, earliest, fingerprint);
    }

    /** Tells whether a session that began at {@code sessionFrom} may read this. It must not see what was committed later. */
    public boolean isReadableFrom(long sessionFrom) {
        return sessionFrom > timestamp;
    }

    /**
     * True for a newer version: without versions, nothing tells that the load knows better than the change that left this. And true for the same state in another form, which
     * the load has found if it began later. The version is compared as well, since an item is kept for its version that may be newer than its timestamp.
     */
    @Override
    public boolean isReplaceableBy(long loadedFrom, @Nullable Object loadedVersion, long itsFingerprint) {
        if (Versions.isNewer(loadedVersion, version)) {
            return true;
        }
        boolean isTheSame = version == null || Objects.deepEquals(loadedVersion, version);
        return itsFingerprint != fingerprint && loadedFrom > timestamp && isTheSame;
    }

    @Override
    public String toString() {
        // The value may be secret.
        return "CachedItem[version " + version + ", timestamp " + timestamp + ", fingerprint "
                + Long.toHexString(fingerprint) + "]";
    }
}
