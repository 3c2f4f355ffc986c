package io.fyercache.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of accesses, each to a key. A key is held once and numbered from 0 in the order of first access, so that
 * an access costs four bytes. Immutable.
 */
final class ReferenceStream {
    private final List<String> keys;
    private final Map<String, Integer> numbers;
    private final int[] accesses;

    private ReferenceStream(Builder builder) {
        this.keys = Collections.unmodifiableList(builder.keys);
        this.numbers = Collections.unmodifiableMap(builder.numbers);
        this.accesses = Arrays.copyOf(builder.accesses, builder.length);
    }

    /** The number of accesses. */
    int length() {
        return accesses.length;
    }

    /** The keys by their numbers. */
    List<String> keys() {
        return keys;
    }

    /** The number of the key accessed at {@code position}, from 0 to {@link #length} - 1. */
    int keyNumberAt(int position) {
        return accesses[position];
    }

    /** The number of {@code key}, or null if it is never accessed. */
    @Nullable
    Integer numberOf(String key) {
        return numbers.get(key);
    }

    /** Collects accesses in order. For one thread. */
    static final class Builder {
        private static final int FIRST_CAPACITY = 1024;

        private final List<String> keys = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private int[] accesses = new int[FIRST_CAPACITY];
        private int length;

        Builder add(String key) {
            if (length == accesses.length) {
                accesses = Arrays.copyOf(accesses, 2 * length);
            }
            accesses[length++] = numbers.computeIfAbsent(key, this::number);
            return this;
        }

        private int number(String key) {
            keys.add(key);
            return keys.size() - 1;
        }

        int length() {
            return length;
        }

        int keyCount() {
            return keys.size();
        }

        ReferenceStream build() {
            return new ReferenceStream(this);
        }
    }
}
