package io.fyercache.core.write;

/**
 * A change that is to be written now.
 *
 * @param <K> the type of keys
 * @param <C> the type of changes
 */
public record DueWrite<K, C>(K key, C change) {}
