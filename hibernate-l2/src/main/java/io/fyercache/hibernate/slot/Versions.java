package io.fyercache.hibernate.slot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares versions of entities: numbers and times by their order, the row versions of some databases, which are bytes, as unsigned ones.
 *
 * <p>Hibernate has a comparator for each entity, which cannot be sent to the member that has the key. These are the same orders.
 */
final class Versions {
    private Versions() {}

    /** Tells whether {@code one} is known to be newer than {@code other}; false if one is null, or they cannot be compared. */
    static boolean isNewer(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null || one.getClass() != other.getClass()) {
            return false;
        }
        if (one instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) other) > 0;
        }
        return one instanceof Comparable<?> && compare(one, other) > 0;
    }

    /** Returns the newer one; the first if neither is known to be, and the one that is there if only one is. */
    static @Nullable Object newest(@Nullable Object first, @Nullable Object second) {
        return first == null || isNewer(second, first) ? second : first;
    }

    // Both are of one class, which says what it can be compared with.
    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }
}
