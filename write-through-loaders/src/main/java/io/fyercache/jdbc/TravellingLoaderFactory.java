package io.fyercache.jdbc;

import io.fyercache.jdbc.mapping.MappingSource;
import java.time.Duration;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;

/** Makes a loader in the JVM where it is asked to, with what that JVM knows by the data source's name. */
record TravellingLoaderFactory<K, V>(
        MappingSource<K, V> mapping, String dataSource, Duration statementTimeout, int maxParameters)
        implements Factory<CacheLoader<K, V>> {

    @Override
    public CacheLoader<K, V> create() {
        return JdbcCacheLoader.builder(mapping)
                .dataSource(dataSource)
                .statementTimeout(statementTimeout)
                .maxParameters(maxParameters)
                .build();
    }
}
