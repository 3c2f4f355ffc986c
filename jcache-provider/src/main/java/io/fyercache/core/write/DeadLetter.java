package io.fyercache.core.write;

/**
 * A change that was tried as often as it may be, and was not written.
 *
 * @param attempts how often it was tried
 * @param failure what came of the last attempt, as text
 * @param <K> the type of keys
 * @param <C> the type of changes
 */
public record DeadLetter<K, C>(K key, C change, int attempts, String failure) {}
