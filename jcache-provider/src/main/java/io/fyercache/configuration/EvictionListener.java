package io.fyercache.configuration;

/**
 * Hears of entries that a cache dropped to keep within its maximum, which JSR-107 reports to no listener.
 *
 * <p>Called after the entry is gone, once for each, by any thread of the cache; it must be quick, and is not told
 * of all if it cannot keep up. What it throws is logged and has no other
 * effect. Expired, removed and replaced entries are not evictions.
 *
 * <p>In a cluster each member has a listener of its own, which hears of the entries that this member served: in its process, once each, and perhaps
 * again on another member that takes over just then.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
@FunctionalInterface
public interface EvictionListener<K, V> {

    /** Takes note that the cache evicted {@code key}, which was mapped to {@code value}. */
    void onEviction(K key, V value);
}
