package io.fyercache.hibernate.region;

import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.support.AbstractRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** A region of query results. Whether one is stale is up to the {@link TimestampRegion}. Thread-safe. */
public final class QueryRegion extends AbstractRegion implements QueryResultsRegion, InMemoryStatistics {
    private final RegionCache cache;

    /** Makes the region. */
    public QueryRegion(String name, RegionFactory factory, RegionCache cache) {
        super(name, factory);
        this.cache = cache;
    }

    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        return cache.read(key);
    }

    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        cache.offer(key, value);
    }

    @Override
    public void clear() {
        cache.evictAll();
    }

    /** Does nothing: the cache is the manager's. */
    @Override
    public void destroy() {}

    @Override
    public long getElementCountInMemory() {
        return cache.size();
    }
}
