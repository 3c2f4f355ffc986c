package io.fyercache.jcache;

import javax.cache.Cache;

/**
 * An entry as an iteration met it: a snapshot, which no later change of the cache reaches.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class EngineCacheEntry<K, V> implements Cache.Entry<K, V> {
    private final K key;
    private final V value;

    EngineCacheEntry(K key, V value) {
        this.key = key;
        this.value = value;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapping.unwrap(this, type);
    }

    /** Names the class alone: keys and values may be secret. */
    @Override
    public String toString() {
        return "EngineCacheEntry";
    }
}
