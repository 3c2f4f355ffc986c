package io.fyercache.sharded.transport;

import io.fyercache.sharded.topology.Incarnation;

/** Who is at an end of a connection. */
public sealed interface Peer {

    /** A member, in one of its lives. */
    record OfMember(Incarnation incarnation) implements Peer {}

    /**
     * A process that uses caches.
     *
     * @param client as in {@link io.fyercache.sharded.message.OperationId}
     */
    record OfClient(long client) implements Peer {}
}
