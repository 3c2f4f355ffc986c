package io.fyercache.sharded.node;

import io.fyercache.sharded.event.ClusterEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What has happened to a cluster since this process came to it, as far as the process has learned of it; of a cache manager whose caches are in one
 * by {@code manager.unwrap(ClusterEvents.class)}. Every process learns of lost partitions, takeovers and members; of licences, listeners and
 * memberships each tells its own. What happened between two looks may be seen as one event.
 *
 * <p>Thread-safe, and never waits. After the manager is closed it stays as it was.
 */
public interface ClusterEvents {
    /** Events that are kept, 256: what an operator looks through after a bad night. */
    int KEPT = 256;

    /** Calls of listeners that wait to be made, 1,024. */
    int WAITING = 1_024;

    /** Returns the latest {@value #KEPT} events at most, the oldest first. */
    List<Told> latest();

    /** Returns how many there were of a kind: of partitions, where an event is about several. Never less than before. */
    long count(ClusterEvent.Kind kind);

    /**
     * Has a listener told of each event from now on: one after the other, in their order, on a thread that tells listeners and does nothing else. What
     * the listener throws is logged. When {@link #WAITING} calls of listeners wait, further ones are not made, which is logged: the numbers show gaps.
     *
     * @return ends it
     */
    Registration listen(Consumer<Told> listener);

    /**
     * An event.
     *
     * @param number of the event, from 1 on without gaps
     * @param at when this process has learned of it, by its own clock
     */
    record Told(long number, Instant at, ClusterEvent event) {}

    /** A listener's. */
    interface Registration extends AutoCloseable {
        /** Ends it; a second time it does nothing. A call that is under way goes on. */
        @Override
        void close();
    }
}
