package io.fyercache.core.bus.contract;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** The one system of record of several processes: longs by names. Thread-safe. */
public interface Rows {

    /** Returns what a row has; null if there is none. */
    @Nullable
    Long load(String name);

    /** Makes a row, or changes it. */
    void store(String name, long value);

    /** Removes a row, if there is one. */
    void delete(String name);

    /** Returns a configuration that reads and writes through to this, to be used in this process alone. */
    default ConfigurationBuilder<String, Long> configuration() {
        return FyerConfiguration.builder(String.class, Long.class)
                .readThrough(true)
                .writeThrough(true)
                .loader((Factory<CacheLoader<String, Long>>) () -> new ThroughToRows(this))
                .writer((Factory<CacheWriter<String, Long>>) () -> new ThroughToRows(this));
    }
}
