package io.fyercache.sharded.transport;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.Incarnation;

/** Is told what comes in, one call at a time. */
public interface TransportListener {

    /** A message has arrived. */
    void received(Peer from, Message message);

    /**
     * A connection has ended, which is told once of each: what was sent over it may have arrived or not, and nothing more comes of it. If the
     * peer is a member and this side has not closed the connection, another one is made at once, so that {@link #unreachable} tells if that
     * fails.
     */
    void disconnected(Peer peer);

    /**
     * No connection to a member could be made: nothing is there, or another life of it, or it has not answered within {@link
     * Transport#CONNECT_NANOS}. What waited for the connection is lost. It is tried again when something is to be sent.
     */
    void unreachable(Incarnation member);
}
