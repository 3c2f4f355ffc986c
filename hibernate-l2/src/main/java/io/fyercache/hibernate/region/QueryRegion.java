package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.QueryKeys;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.support.AbstractRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A region of query results. Whether one is stale is up to the {@link TimestampRegion}. Thread-safe. */
public final class QueryRegion extends AbstractRegion implements QueryResultsRegion, InMemoryStatistics {
    private final RegionCache cache;
    private final QueryKeys keys;

    /** Makes the region, whose cache has such keys. */
    public QueryRegion(String name, RegionFactory factory, RegionCache cache, QueryKeys keys) {
        super(name, factory);
        this.cache = cache;
        this.keys = keys;
    }

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        Object own = keyOf(key);
        return own == null ? null : cache.read(own);
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        Object own = keyOf(key);
        if (own != null) {
            cache.offer(own, value);
        }
    }

    /** Returns what the cache has the result by; null if it cannot have it. */
    private @Nullable Object keyOf(Object key) {
        try {
            return keys.of(key);
        } catch (RuntimeException e) {
            cache.refused(e);
            return null;
        }
    }

    @Override
    public void clear() {
        cache.evictAll();
    }

    /** Does nothing: the cache is the manager's. */
    @Override
    public void destroy() {}

    @Override
    public RegionCache cache() {
        return cache;
    }
}
