package io.fyercache.jdbc.mapping;

import java.util.Comparator;

/**
 * An order of values of one kind: their own where they are {@link Comparable}, and then the same in each process; else by their hash codes.
 *
 * <p>Values that are equal are nowhere apart, as long as their order of their own says so, too.
 */
public final class ValueOrder implements Comparator<Object> {

    /** Immutable, and all that is ever needed. */
    public static final ValueOrder INSTANCE = new ValueOrder();

    private ValueOrder() {}

    @Override
    @SuppressWarnings("unchecked")
    public int compare(Object one, Object other) {
        return one instanceof Comparable && one.getClass() == other.getClass()
                ? ((Comparable<Object>) one).compareTo(other)
                : Integer.compare(one.hashCode(), other.hashCode());
    }
}
