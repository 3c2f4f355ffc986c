package io.fyercache.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers for the values of one key: equal values have the same, so that the search compares integers. For one thread. */
final class ValueTable {
    /** The number of no value. */
    static final int ABSENT = 0;

    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<Object> values = new ArrayList<>();
    private final Object unnamed = new Object();

    /** Returns the number of a value; {@link #ABSENT} for null. */
    int number(@Nullable Object value) {
        if (value == null) {
            return ABSENT;
        }
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        values.add(value);
        numbers.put(value, values.size());
        return values.size();
    }

    /** Returns the number of a value that equals none of a history; the same whenever it is asked for. */
    int unnamed() {
        return number(unnamed);
    }

    /** Returns the value of a number; null for {@link #ABSENT}. */
    @Nullable
    Object value(int number) {
        return number == ABSENT ? null : values.get(number - 1);
    }

    /** Returns the number of what {@code AtomicFunction.Add} leaves; the same value, where it is no {@code long}. */
    int sum(int number, long summand) {
        Object value = value(number);
        if (value == null) {
            return number(summand);
        }
        return value instanceof Long addend ? number(addend + summand) : number;
    }
}
