package io.fyercache.testkit.history;

import org.jspecify.annotations.Nullable;

/**
 * What an operation asks of the entry of one key: the methods of {@link javax.cache.Cache} that concern one key, as
 * values. Those that concern many are as many actions.
 *
 * <p>Values are opaque: all that counts is which of them are equal. Immutable.
 */
public sealed interface Action {

    /** {@code get(key)}; answered by the value or null. */
    record Get() implements Action {}

    /** {@code containsKey(key)}; answered by a {@link Boolean}. */
    record ContainsKey() implements Action {}

    /** {@code put(key, value)}; answered by null. */
    record Put(Object value) implements Action {}

    /** {@code putIfAbsent(key, value)}; answered by a {@link Boolean}: whether it has put. */
    record PutIfAbsent(Object value) implements Action {}

    /** {@code replace(key, value)}; answered by a {@link Boolean}: whether it has replaced. */
    record Replace(Object value) implements Action {}

    /** {@code replace(key, expected, value)}; answered by a {@link Boolean}: whether it has replaced. */
    record ReplaceExpected(Object expected, Object value) implements Action {}

    /** {@code remove(key)}; answered by a {@link Boolean}: whether there was a value. */
    record Remove() implements Action {}

    /** {@code remove(key, expected)}; answered by a {@link Boolean}: whether it has removed. */
    record RemoveExpected(Object expected) implements Action {}

    /** {@code getAndPut(key, value)}; answered by the value before, or null. */
    record GetAndPut(Object value) implements Action {}

    /** {@code getAndReplace(key, value)}; answered by the value before, or null if there was none and still is none. */
    record GetAndReplace(Object value) implements Action {}

    /** {@code getAndRemove(key)}; answered by the value before, or null. */
    record GetAndRemove() implements Action {}

    /** A removal that does not say whether there was a value, such as {@code removeAll(keys)}; answered by null. */
    record Clear() implements Action {}

    /** {@code invoke(key, processor)}; answered by an {@link Exchange}: what the function read and what it left. */
    record Invoke(AtomicFunction function) implements Action {}

    /**
     * What an {@link Invoke} found and what it left. Null is no value. A function that changes nothing leaves what it found.
     */
    record Exchange(@Nullable Object read, @Nullable Object left) {}

    /** Tells whether this never changes the entry, whatever the answer. */
    default boolean isRead() {
        return this instanceof Get || this instanceof ContainsKey;
    }

    /** Tells whether the answer is a {@link Boolean}. */
    default boolean isAnsweredByBoolean() {
        return this instanceof ContainsKey
                || this instanceof PutIfAbsent
                || this instanceof Replace
                || this instanceof ReplaceExpected
                || this instanceof Remove
                || this instanceof RemoveExpected;
    }
}
