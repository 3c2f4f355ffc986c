package io.fyercache.sharded.transport;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.Member;
import java.util.List;

/**
 * One peer's connections. Two peers have one connection at a time, whoever made it, and it carries messages both ways: so clients, to whom
 * nobody can connect, are answered over the connection that they came by.
 *
 * <p>A message arrives once at most, and unchanged. It gets lost only with its connection, or if that has not been made; it may be late, and
 * overtake others. One that is not for its sender to send ({@link Peer#maySend}) does not arrive, and ends the connection that it came by.
 * Nothing here waits, and the {@link TransportListener} is never called within a call.
 *
 * <p>Used by one thread at a time.
 */
public interface Transport extends AutoCloseable {
    /**
     * Bytes of messages, 64 MiB, that wait at an end of a connection to be sent: four of the largest messages, and more than half a second of
     * a gigabit network. What would exceed it is not sent. The connection stays: to break it would have a slow peer taken for a dead one.
     */
    int MAX_WAITING_BYTES = 64 << 20;

    /** Nanoseconds, 50 ms, within which a connection must be made (protocol, T1). */
    long CONNECT_NANOS = 50_000_000;

    /**
     * Tells who there is, and where. Connections to others than these stay as long as those keep them; to a member that is not there any more
     * none is made.
     */
    void membersChanged(List<Member> members);

    /**
     * Sends a message, over a connection that is made if there is none. It waits while that is being made.
     *
     * @return false if it is certain that the message was not sent: the member is unknown, the client is not connected, or too much waits
     *     ({@link #MAX_WAITING_BYTES}); true says nothing
     */
    boolean send(Peer to, Message message);

    /** Ends all connections. The listener is not called any more. */
    @Override
    void close();
}
