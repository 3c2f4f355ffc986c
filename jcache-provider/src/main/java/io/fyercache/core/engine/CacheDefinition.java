package io.fyercache.core.engine;

import io.fyercache.core.entry.AdjustableExpiry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.write.WriteBehindSettings;
import org.jspecify.annotations.Nullable;

/**
 * What an engine must know of a cache, user code behind ports.
 *
 * @param name the cache's name, unique in its manager
 * @param form how keys and values are kept; an {@link io.fyercache.core.operation.EncodedForm} if the engine keeps bytes only
 * @param processes how processes that came from elsewhere are read
 * @param expiry when entries expire
 * @param bounds how much may be kept
 * @param loader where missing values come from; null for none
 * @param reading whether a get loads what is missing
 * @param loading how it loads
 * @param writer where changes are written; null for none
 * @param writeBehind how changes wait for the writer; null if each is written first
 * @param listeners who is told of changes
 * @param evictions who is told of evictions; null for nobody
 * @param near whether processes keep entries near that they have read
 */
public record CacheDefinition(
        String name,
        StoredForm form,
        ProcessForm processes,
        Expiry expiry,
        Bounds bounds,
        @Nullable EntryLoader loader,
        Reading reading,
        LoadSettings loading,
        @Nullable EntryWriter writer,
        @Nullable WriteBehindSettings writeBehind,
        ChangeListeners listeners,
        @Nullable EvictionObserver evictions,
        Near near) {

    /** What a get does with a key that has no value. */
    public enum Reading {
        /** It finds nothing. */
        CACHE_ONLY,
        /** It asks the loader. */
        THROUGH
    }

    /** What becomes of entries in processes that have read them. */
    public enum Near {
        /** They are not kept. */
        NOT_KEPT,
        /** They are kept, and read again for a while. */
        KEPT
    }

    /** A cache with nothing but a name: by reference, eternal, unbounded, no user code. */
    public static CacheDefinition plain(String name) {
        return new CacheDefinition(
                name,
                StoredForm.BY_REFERENCE,
                ProcessForm.NONE,
                Expiry.ETERNAL,
                Bounds.NONE,
                null,
                Reading.CACHE_ONLY,
                LoadSettings.DEFAULT,
                null,
                null,
                ChangeListeners.NONE,
                null,
                Near.NOT_KEPT);
    }

    /** Returns this definition with another expiry. */
    public CacheDefinition expiringBy(Expiry other) {
        return new CacheDefinition(
                name,
                form,
                processes,
                other,
                bounds,
                loader,
                reading,
                loading,
                writer,
                writeBehind,
                listeners,
                evictions,
                near);
    }

    /** Returns this definition with its expiry, which can be adjusted from now on unless it runs user code. */
    public CacheDefinition adjustable() {
        return expiry.runsUserCode() ? this : expiringBy(new AdjustableExpiry(expiry));
    }

    /** Returns this definition with another writer; null for none. */
    public CacheDefinition writingTo(@Nullable EntryWriter other) {
        return new CacheDefinition(
                name,
                form,
                processes,
                expiry,
                bounds,
                loader,
                reading,
                loading,
                other,
                writeBehind,
                listeners,
                evictions,
                near);
    }
}
