package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.operation.EntryOperation;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The live entries of a store, as an iteration meets them. Used by one thread. */
final class LiveEntries implements Iterator<Map.Entry<Object, Object>> {
    private final Iterator<CacheEntry> entries;
    private final LocalCacheEngine engine;
    private @Nullable CacheEntry next;
    private @Nullable Object promised;
    private @Nullable Object lastKey;

    LiveEntries(Iterator<CacheEntry> entries, LocalCacheEngine engine) {
        this.entries = entries;
        this.engine = engine;
    }

    @Override
    public boolean hasNext() {
        while (next == null && entries.hasNext()) {
            CacheEntry candidate = entries.next();
            promised = engine.peek(candidate);
            if (promised != null) {
                next = candidate;
            }
        }
        return next != null;
    }

    @Override
    public Map.Entry<Object, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        CacheEntry met = Objects.requireNonNull(next);
        next = null;
        lastKey = met.key();
        Object value = engine.meet(met);
        engine.counters().hit();
        // What has gone since hasNext() promised it is returned all the same.
        return Map.entry(met.key(), value == null ? Objects.requireNonNull(promised) : value);
    }

    @Override
    public void remove() {
        if (lastKey == null) {
            throw new IllegalStateException("remove: no entry to remove (expected: one call after each next())");
        }
        Object key = lastKey;
        lastKey = null;
        engine.execute(key, EntryOperation.Remove.INSTANCE);
    }
}
