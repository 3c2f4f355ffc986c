package io.fyercache.testkit.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients did to a cache that was empty before, and what it answered. Immutable.
 *
 * @param operations in any order
 * @param silentRemoval whether the cache may drop values
 */
public record History(List<Operation> operations, SilentRemoval silentRemoval) {

    /** Copies the list. */
    public History {
        operations = List.copyOf(operations);
    }

    /** Returns the history of a cache that drops no values. */
    public static History of(List<Operation> operations) {
        return new History(operations, SilentRemoval.NEVER);
    }

    /** Returns the operations of each key, in the order in which the keys first occur. */
    Map<Object, List<Operation>> byKey() {
        Map<Object, List<Operation>> byKey = new LinkedHashMap<>();
        for (Operation operation : operations) {
            byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
        }
        return byKey;
    }
}
