package io.fyercache.jdbc;

import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.mapping.MappingSource;
import java.time.Duration;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** Makes a writer in the JVM where it is asked to, with what that JVM knows by the data source's name. */
record TravellingWriterFactory<K, V>(
        MappingSource<K, V> mapping,
        String dataSource,
        Duration statementTimeout,
        int batchSize,
        @Nullable Fence fence) implements Factory<CacheWriter<K, V>> {

    @Override
    public CacheWriter<K, V> create() {
        JdbcCacheWriter.Builder<K, V> builder = JdbcCacheWriter.builder(mapping)
                .dataSource(dataSource)
                .statementTimeout(statementTimeout)
                .batchSize(batchSize);
        return (fence == null ? builder : builder.fencedBy(fence)).build();
    }
}
