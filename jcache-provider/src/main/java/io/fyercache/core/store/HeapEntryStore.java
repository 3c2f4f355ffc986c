package io.fyercache.core.store;

import io.fyercache.core.entry.CacheEntry;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A store without bounds: a concurrent hash map. */
public final class HeapEntryStore implements EntryStore {
    private final ConcurrentHashMap<Object, CacheEntry> entries = new ConcurrentHashMap<>();

    @Override
    public @Nullable CacheEntry find(Object key) {
        return entries.get(key);
    }

    @Override
    public @Nullable CacheEntry insert(Object key, CacheEntry fresh) {
        return entries.putIfAbsent(key, fresh);
    }

    @Override
    public void exchange(Object key, CacheEntry present, CacheEntry fresh) {
        entries.replace(key, present, fresh);
    }

    @Override
    public void discard(Object key, CacheEntry dead) {
        entries.remove(key, dead);
    }

    @Override
    public void changed(Object key, CacheEntry entry) {
        // Nothing here depends on it.
    }

    @Override
    public long size() {
        return entries.mappingCount();
    }

    @Override
    public long weight() {
        return size();
    }

    @Override
    public Iterator<Map.Entry<Object, CacheEntry>> iterator() {
        return entries.entrySet().iterator();
    }
}
