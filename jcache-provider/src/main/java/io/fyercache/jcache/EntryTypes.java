package io.fyercache.jcache;

import org.jspecify.annotations.Nullable;

/** What a cache accepts as keys and values: no null, and nothing that is not of the configured types. Immutable. */
final class EntryTypes {
    private final String cacheName;

    /** Null: any type. Most caches check nothing but null, and that check should cost nothing more. */
    private final @Nullable Class<?> checkedKeyType;

    private final @Nullable Class<?> checkedValueType;

    EntryTypes(String cacheName, Class<?> keyType, Class<?> valueType) {
        this.cacheName = cacheName;
        this.checkedKeyType = keyType == Object.class ? null : keyType;
        this.checkedValueType = valueType == Object.class ? null : valueType;
    }

    /**
     * Checks a key.
     *
     * @throws NullPointerException if it is null
     * @throws ClassCastException if it is not of the configured type
     */
    void checkKey(@Nullable Object key) {
        if (key == null) {
            throw missing("key");
        }
        if (checkedKeyType != null && !checkedKeyType.isInstance(key)) {
            throw mistyped("key", key, checkedKeyType);
        }
    }

    /**
     * Checks a value.
     *
     * @throws NullPointerException if it is null
     * @throws ClassCastException if it is not of the configured type
     */
    void checkValue(@Nullable Object value) {
        if (value == null) {
            throw missing("value");
        }
        if (checkedValueType != null && !checkedValueType.isInstance(value)) {
            throw mistyped("value", value, checkedValueType);
        }
    }

    /** Returns the exception for an argument that is null. */
    NullPointerException missing(String argument) {
        return new NullPointerException("cache '" + cacheName + "': " + argument + ": null (expected: not null)");
    }

    private ClassCastException mistyped(String argument, Object given, Class<?> expected) {
        return new ClassCastException("cache '" + cacheName + "': " + argument + ": an instance of "
                + given.getClass().getName() + " (expected: " + expected.getName() + ", as the cache is configured)");
    }
}
