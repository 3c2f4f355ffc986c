package io.fyercache.core.engine;

/** Is told of entries that had to go to keep a store within its bounds; in the background, after the fact, in no order. */
@FunctionalInterface
public interface EvictionObserver {
    /** Says that the entry was evicted; key and value in stored form. */
    void evicted(Object key, Object value);
}
