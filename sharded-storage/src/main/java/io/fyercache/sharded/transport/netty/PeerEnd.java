package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.Peer;
import org.jspecify.annotations.Nullable;

/**
 * This side's end of the one connection with a peer: first it is being made, by an attempt of this side's, then it is open. What is sent
 * meanwhile waits in the outbox. Used by the process's thread.
 */
final class PeerEnd {
    private final Peer peer;
    private final Outbox outbox;
    private @Nullable Attempt attempt;
    private @Nullable Connection open;

    /** A connection that the peer has made meanwhile, and that counts only if the attempt fails. */
    private @Nullable Connection spare;

    PeerEnd(Peer peer, Traffic traffic) {
        this.peer = peer;
        this.outbox = new Outbox(traffic);
    }

    Peer peer() {
        return peer;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean isBeingMadeBy(Attempt one) {
        return attempt == one;
    }

    @Nullable
    Connection open() {
        return open;
    }

    @Nullable
    Connection spare() {
        return spare;
    }

    void beginsWith(Attempt one) {
        attempt = one;
    }

    /** Keeps a connection in case that the attempt fails. */
    void keep(@Nullable Connection other) {
        if (spare != null) {
            spare.close();
        }
        spare = other;
    }

    /** Lets a connection be the one, and sends over it what has waited. */
    void open(Connection connection, long latestAttempt) {
        attempt = null;
        if (spare == connection) {
            spare = null;
        }
        keep(null);
        open = connection;
        connection.open(outbox, latestAttempt);
    }

    /** Gives up the attempt; what waits goes over a connection that the peer has made. */
    void giveUpAttempt() {
        if (attempt != null) {
            attempt.giveUp();
            attempt = null;
        }
    }

    void close() {
        giveUpAttempt();
        keep(null);
        if (open != null) {
            open.close();
        }
    }
}
