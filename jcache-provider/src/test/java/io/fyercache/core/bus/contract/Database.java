package io.fyercache.core.bus.contract;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** The one system of record of several processes: longs by names. */
final class Database {
    private final ConcurrentMap<String, Long> rows = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();

    ConcurrentMap<String, Long> rows() {
        return rows;
    }

    int loads() {
        return loads.get();
    }

    /** Returns a configuration that reads and writes through to this. */
    ConfigurationBuilder<String, Long> configuration() {
        return FyerConfiguration.builder(String.class, Long.class)
                .readThrough(true)
                .writeThrough(true)
                .loader((Factory<CacheLoader<String, Long>>) Loader::new)
                .writer((Factory<CacheWriter<String, Long>>) Writer::new);
    }

    private final class Loader implements CacheLoader<String, Long> {
        @Override
        public Long load(String key) {
            loads.incrementAndGet();
            return rows.get(key);
        }

        @Override
        public Map<String, Long> loadAll(Iterable<? extends String> keys) {
            Map<String, Long> found = new HashMap<>();
            for (String key : keys) {
                Long value = load(key);
                if (value != null) {
                    found.put(key, value);
                }
            }
            return found;
        }
    }

    private final class Writer implements CacheWriter<String, Long> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends Long> entry) {
            rows.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends Long>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            rows.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }
    }
}
