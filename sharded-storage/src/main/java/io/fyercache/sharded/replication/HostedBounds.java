package io.fyercache.sharded.replication;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.EvictionObserver;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.store.Bounds;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much a cache may have on a member (E5).
 *
 * @param order says what goes if there is too much; null if there are no bounds. Its weigher is called by the threads of partitions
 * @param observer is told of evictions, after the fact; null for nobody. That runs user code
 */
record HostedBounds(
        Bounds bounds,
        @Nullable EvictionOrder order,
        @Nullable EvictionObserver observer) {

    /**
     * Returns the bounds of a definition.
     *
     * @throws IllegalArgumentException if there is the one of bounds and order without the other
     */
    static HostedBounds of(CacheDefinition definition, @Nullable EvictionOrder order) {
        if (definition.bounds().isUnlimited() != (order == null)) {
            throw new IllegalArgumentException("order of evictions of the cache " + definition.name() + ": "
                    + (order == null ? "none" : "one") + " (expected: "
                    + (order == null ? "one, as it has bounds)" : "none, as it has no bounds)"));
        }
        return new HostedBounds(definition.bounds(), order, definition.evictions());
    }

    /** Returns these with another maximum, which the order has to be brought to. */
    HostedBounds withMaximum(long maximum) {
        return new HostedBounds(new Bounds(maximum, bounds.weigher()), order, observer);
    }

    /** Has the order take a step towards the maximum; tells whether it is reached. */
    boolean approachMaximum() {
        return order == null || order.approach(bounds.maximum());
    }

    /** Notes that an entry was used. */
    void used(EntryKey key) {
        if (order != null) {
            order.used(key);
        }
    }

    /** Tells whether a value is over the limit by itself. */
    boolean isTooHeavy(EntryKey key, Decision decision) {
        return order != null
                && decision.effect() == Decision.Effect.STORE
                && weigh(key, Objects.requireNonNull(decision.value())) > bounds.maximum();
    }

    private int weigh(EntryKey key, Object value) {
        return bounds.weigher() == null ? 1 : bounds.weigher().weigh(key.key(), value);
    }

    /** Returns what an entry that was kept weighs. If the weigher throws only now, it counts as 1: nobody is there to be told. */
    int weight(EntryKey key, EncodedValue value) {
        try {
            return weigh(key, value);
        } catch (RuntimeException e) {
            return 1;
        }
    }
}
