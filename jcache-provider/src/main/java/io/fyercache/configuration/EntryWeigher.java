package io.fyercache.configuration;

/**
 * Says how much of a cache's maximum weight one entry takes.
 *
 * <p>Called once for each write, by the thread that writes, while the entry's key is held; it must be quick and must not use the cache.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
@FunctionalInterface
public interface EntryWeigher<K, V> {

    /**
     * Returns the weight of an entry, 0 or more, in the unit of {@link FyerConfiguration#maximumWeight()}. An entry of weight 0 is never
     * evicted to make room. A negative weight, or an exception, fails the write.
     */
    int weigh(K key, V value);
}
