package io.fyercache.benchmarks.contestant;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;

/** Stands for the database of {@link KeptInCache}. */
public final class RowLoader implements CacheLoader<Long, byte[]> {
    @Override
    public byte[] load(Long key) {
        return KeptInCache.row(key);
    }

    @Override
    public Map<Long, byte[]> loadAll(Iterable<? extends Long> keys) {
        Map<Long, byte[]> rows = new LinkedHashMap<>();
        keys.forEach(key -> rows.put(key, load(key)));
        return rows;
    }
}
