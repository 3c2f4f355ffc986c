package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.PlacedChange;
import java.util.List;

/**
 * What is to be told of one entry of a cache, and to whom. Immutable.
 *
 * @param listeners at least one; each is told what its interest is {@linkplain io.fyercache.core.operation.ChangeInterest#of in}
 */
public record CommittedChange(PlacedChange placed, List<Listening> listeners) {

    /** Keeps an unmodifiable copy. */
    public CommittedChange {
        listeners = List.copyOf(listeners);
    }

    /** Tells whether an operation waits for one of them. */
    boolean isAwaited() {
        return listeners.stream()
                .anyMatch(each -> each.interest().awaits(placed.change().kind()));
    }
}
