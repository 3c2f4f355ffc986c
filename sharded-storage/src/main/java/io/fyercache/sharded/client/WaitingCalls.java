package io.fyercache.sharded.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls whose turn has not come yet, in their order. Used by one thread. */
final class WaitingCalls {
    private final Deque<RoutedCall> calls = new ArrayDeque<>(1);

    boolean isEmpty() {
        return calls.isEmpty();
    }

    void add(RoutedCall call) {
        calls.add(call);
    }

    /** Takes out the call that has waited longest; null if none waits. */
    @Nullable
    RoutedCall poll() {
        return calls.poll();
    }

    /** Takes out the calls whose time is over. */
    List<RoutedCall> takeOverdue(long nowNanos) {
        List<RoutedCall> overdue = new ArrayList<>();
        calls.removeIf(call -> call.isOver(nowNanos) && overdue.add(call));
        return overdue;
    }

    void forEach(Consumer<RoutedCall> action) {
        calls.forEach(action);
    }
}
