package io.fyercache.hibernate.region;

import java.util.function.LongSupplier;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a region as Hibernate's own READ_ONLY and NONSTRICT_READ_WRITE access uses it, which needs no locks. Thread-safe.
 *
 * @param fingerprint of the states that are kept; of others there is nothing to read
 */
record PlainStorage(RegionCache cache, LongSupplier fingerprint) implements DomainDataStorageAccess {

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        if (!(cache.read(key) instanceof PlainItem item)) {
            return null;
        }
        if (!isOurs(item)) {
            cache.mismatched();
            return null;
        }
        return item.value();
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        cache.offer(key, new PlainItem(value, fingerprint.getAsLong()));
    }

    @Override
    public void removeFromCache(Object key, SharedSessionContractImplementor session) {
        cache.remove(key);
    }

    @Override
    public boolean contains(Object key) {
        return cache.read(key) instanceof PlainItem item && isOurs(item);
    }

    @Override
    public void evictData() {
        cache.evictAll();
    }

    @Override
    public void evictData(Object key) {
        cache.evict(key);
    }

    /** Does nothing: the cache is the manager's. */
    @Override
    public void release() {}

    private boolean isOurs(PlainItem item) {
        return item.fingerprint() == fingerprint.getAsLong();
    }
}
