package io.fyercache.core.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Objects numbered in the order of their addition and found by identity. Used by one thread.
 *
 * <p>Most values hold a handful of objects that could be shared, for which comparing references one by one is quickest and
 * spares the identity hash; beyond {@value #LINEAR} the table hashes.
 */
final class IdentityTable {
    /** Objects. Up to here a search compares them one by one. */
    private static final int LINEAR = 16;

    private static final int INITIAL_CAPACITY = 4;

    private @Nullable Object[] objects = new @Nullable Object[INITIAL_CAPACITY];
    private int size;
    /** Open addressing, number + 1 in each slot, 0 is free; at most half full. Null as long as the search is linear. */
    private int @Nullable [] index;

    /** The object's number, or -1 if it was not added. */
    int find(Object object) {
        int[] slots = index;
        if (slots == null) {
            for (int i = 0; i < size; i++) {
                if (objects[i] == object) {
                    return i;
                }
            }
            return -1;
        }
        for (int i = slotOf(object, slots.length); slots[i] != 0; i = (i + 1) & (slots.length - 1)) {
            if (objects[slots[i] - 1] == object) {
                return slots[i] - 1;
            }
        }
        return -1;
    }

    /** Gives the object, which must not be in the table, the next number. */
    void add(Object object) {
        if (size == objects.length) {
            objects = Arrays.copyOf(objects, size * 2);
        }
        objects[size++] = object;
        int[] slots = index;
        if (slots != null && size * 2 <= slots.length) {
            put(slots, object, size);
        } else if (size > LINEAR) {
            rehash();
        }
    }

    private void rehash() {
        int[] slots = new int[Integer.highestOneBit(size) * 8];
        for (int i = 0; i < size; i++) {
            Object object = objects[i];
            if (object != null) {
                put(slots, object, i + 1);
            }
        }
        index = slots;
    }

    private static void put(int[] slots, Object object, int entry) {
        int i = slotOf(object, slots.length);
        while (slots[i] != 0) {
            i = (i + 1) & (slots.length - 1);
        }
        slots[i] = entry;
    }

    private static int slotOf(Object object, int slots) {
        int hash = System.identityHashCode(object) * 0x9E3779B9; // spreads by the golden ratio (Knuth)
        return (hash >>> 16 ^ hash) & (slots - 1);
    }
}
