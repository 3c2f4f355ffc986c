package io.fyercache.hibernate.region;

import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** The cache of a region as Hibernate's own READ_ONLY and NONSTRICT_READ_WRITE access uses it, which needs no locks. Thread-safe. */
record PlainStorage(RegionCache cache) implements DomainDataStorageAccess {

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return cache.read(key);
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        cache.offer(key, value);
    }

    @Override
    public void removeFromCache(Object key, SharedSessionContractImplementor session) {
        cache.remove(key);
    }

    @Override
    public boolean contains(Object key) {
        return cache.read(key) != null;
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
}
