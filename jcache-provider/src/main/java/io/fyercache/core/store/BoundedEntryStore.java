package io.fyercache.core.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.entry.Marker;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A store within bounds: Caffeine decides which entries go (W-TinyLFU; Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient Cache
 * Admission Policy", ACM ToS 2017).
 *
 * <p>Caffeine may choose an entry whose key is held, and cannot be refused. The hold must not be lost with it, or a second thread could
 * hold the same key. Such an entry steps <i>aside</i>, inside the same atomic step that evicts it, and comes back when it is changed
 * or looked for. Eviction work is done by the threads that use the store, so that the bound holds when they return.
 */
public final class BoundedEntryStore implements EntryStore {

    /** Is told, inside the atomic removal of an entry and so without touching the store, what was evicted. */
    @FunctionalInterface
    public interface EvictionCallback {
        /** Says that the entry went; key and value in stored form. */
        void evicted(Object key, Object value, int weight);
    }

    private final Cache<Object, CacheEntry> cache;
    private final ConcurrentMap<Object, CacheEntry> entries;
    private final ConcurrentMap<Object, CacheEntry> aside = new ConcurrentHashMap<>();
    private final Bounds bounds;
    private final EvictionCallback callback;

    /**
     * Makes an empty store.
     *
     * @throws IllegalArgumentException if {@code bounds} has no limit
     */
    public BoundedEntryStore(Bounds bounds, EvictionCallback callback) {
        if (bounds.isUnlimited()) {
            throw new IllegalArgumentException("bounds: unlimited (expected: a maximum; use HeapEntryStore)");
        }
        this.bounds = bounds;
        this.callback = callback;
        Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
        if (bounds.weigher() == null) {
            this.cache = builder.maximumSize(bounds.maximum())
                    .<Object, CacheEntry>evictionListener(this::evicted)
                    .build();
        } else {
            this.cache = builder.maximumWeight(bounds.maximum())
                    .<Object, CacheEntry>weigher(this::weighEntry)
                    .evictionListener(this::evicted)
                    .build();
        }
        this.entries = cache.asMap();
    }

    @Override
    public @Nullable CacheEntry find(Object key) {
        CacheEntry found = cache.getIfPresent(key);
        return found != null || aside.isEmpty() ? found : aside.get(key);
    }

    @Override
    public @Nullable CacheEntry insert(Object key, CacheEntry fresh) {
        CacheEntry kept = entries.computeIfAbsent(key, absent -> {
            CacheEntry held = aside.remove(absent);
            return held == null ? fresh : held;
        });
        return kept == fresh ? null : kept;
    }

    @Override
    public void exchange(Object key, CacheEntry present, CacheEntry fresh) {
        if (!entries.replace(key, present, fresh)) {
            aside.replace(key, present, fresh);
        }
    }

    @Override
    public void discard(Object key, CacheEntry dead) {
        entries.remove(key, dead);
        if (!aside.isEmpty()) {
            aside.remove(key, dead);
        }
    }

    @Override
    public void changed(Object key, CacheEntry entry) {
        if (!aside.isEmpty() && aside.get(key) == entry) {
            insert(key, entry);
        }
        if (bounds.weigher() != null) {
            entries.replace(key, entry, entry);
        }
    }

    @Override
    public long size() {
        return cache.estimatedSize() + aside.size();
    }

    @Override
    public long weight() {
        Policy.Eviction<?, ?> eviction = cache.policy().eviction().orElseThrow();
        return eviction.weightedSize().orElseGet(cache::estimatedSize);
    }

    @Override
    public Iterator<Map.Entry<Object, CacheEntry>> iterator() {
        return entries.entrySet().iterator();
    }

    @Override
    public void settle() {
        cache.cleanUp();
    }

    private int weighEntry(Object key, CacheEntry entry) {
        Object value = entry.visible();
        return value == null ? 0 : weigh(key, value);
    }

    private int weigh(Object key, Object value) {
        return Objects.requireNonNull(bounds.weigher()).weigh(key, value);
    }

    private void evicted(@Nullable Object key, @Nullable CacheEntry entry, RemovalCause cause) {
        if (key == null || entry == null || !cause.wasEvicted()) {
            return; // References are strong, so nothing is ever collected; what is removed on purpose is no eviction.
        }
        Object slot;
        synchronized (entry) {
            slot = entry.slot();
            if (slot instanceof KeyHold) {
                aside.put(key, entry);
            } else {
                entry.kill();
            }
        }
        if (!(slot instanceof Marker)) {
            callback.evicted(key, slot, bounds.weigher() == null ? 1 : weigh(key, slot));
        }
    }
}
