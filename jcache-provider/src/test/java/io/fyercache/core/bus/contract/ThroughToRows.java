package io.fyercache.core.bus.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** Loads from rows, and writes to them. Thread-safe. */
record ThroughToRows(Rows rows) implements CacheLoader<String, Long>, CacheWriter<String, Long> {
    @Override
    public Long load(String key) {
        return rows.load(key);
    }

    @Override
    public Map<String, Long> loadAll(Iterable<? extends String> keys) {
        Map<String, Long> found = new HashMap<>();
        for (String key : keys) {
            Long value = rows.load(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Long> entry) {
        rows.store(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Long>> entries) {
        entries.forEach(this::write);
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        rows.delete((String) key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        keys.forEach(this::delete);
        keys.clear();
    }
}
