package io.fyercache.hibernate;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.jcache.FyerCachingProvider;
import javax.cache.CacheManager;

/** A manager that the application shares with its session factory, with a region of counters that it has made itself. */
record CachedRegions(FyerCachingProvider provider, CacheManager manager) implements AutoCloseable {

    static CachedRegions withMaximum(int counters) {
        FyerCachingProvider provider = new FyerCachingProvider();
        CacheManager manager = provider.getCacheManager();
        manager.createCache(
                Counter.class.getName(),
                FyerConfiguration.builder()
                        .storeByValue(false)
                        .maximumEntries(counters)
                        .build());
        return new CachedRegions(provider, manager);
    }

    @Override
    public void close() {
        provider.close();
    }
}
