package io.fyercache.testkit.simulation;

import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.history.SilentRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the clients of a partition did. */
final class RecordedOperations {
    private final List<Operation> operations = new ArrayList<>();

    void add(Operation operation) {
        operations.add(operation);
    }

    int count() {
        return operations.size();
    }

    Stream<Operation> stream() {
        return operations.stream();
    }

    /** Returns the histories: of keys whose values stay, and of those whose values may go at any time. */
    List<History> histories() {
        return List.of(
                History.of(stream().filter(operation -> !expires(operation)).toList()),
                new History(stream().filter(RecordedOperations::expires).toList(), SilentRemoval.ANY_TIME));
    }

    private static boolean expires(Operation operation) {
        return operation.key().toString().startsWith(ClientWorld.EXPIRING_KEY);
    }
}
