package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.message.Message;

/** What happens on sockets, for whoever owns the connections. */
interface ConnectionEvents {

    /** An attempt to connect has succeeded: both sides have proved who they are, and the peer has let this side in. */
    void opened(Attempt attempt, Connection connection);

    /** An attempt to connect has failed. */
    void failed(Attempt attempt);

    /** A peer has connected and proved who it is; it waits to be let in. */
    void arrived(Connection connection);

    /**
     * A message has arrived.
     *
     * @throws RefusedException if it is not for the peer to send
     */
    void received(Connection connection, Message message);

    /** A connection that was opened, or had arrived, is gone. */
    void ended(Connection connection);
}
