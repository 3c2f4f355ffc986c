package io.fyercache.jcache;

/** What {@code unwrap} of JSR-107 does everywhere: an object is what it is an instance of, and nothing else. */
final class Unwrapping {

    private Unwrapping() {}

    /**
     * Returns {@code object} as {@code type}.
     *
     * @throws IllegalArgumentException if it is not of that type
     */
    static <T> T unwrap(Object object, Class<T> type) {
        if (type.isInstance(object)) {
            return type.cast(object);
        }
        throw new IllegalArgumentException("unwrap: " + type.getName() + " (expected: a class or interface of "
                + object.getClass().getName() + ")");
    }
}
