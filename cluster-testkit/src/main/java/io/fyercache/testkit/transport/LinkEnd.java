package io.fyercache.testkit.transport;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.codec.MessageCodec;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One end of a {@link Link}. */
final class LinkEnd {
    private final Link link;
    private final SimulatedTransport owner;
    private final Peer peer;

    /** What waits until the connection is made. */
    private final List<byte[]> queued = new ArrayList<>();

    /** Bytes of messages that the process at the other end has not taken. */
    private int waitingBytes;

    private boolean open;

    /** A message from this end got lost: as on a real connection, none comes after it. */
    private boolean stalled;

    LinkEnd(Link link, SimulatedTransport owner, Peer peer) {
        this.link = link;
        this.owner = owner;
        this.peer = peer;
    }

    Link link() {
        return link;
    }

    SimulatedTransport owner() {
        return owner;
    }

    /** Returns who is at the other end. */
    Peer peer() {
        return peer;
    }

    /** Tells whether the connection has been made, as far as is known here. */
    boolean isOpen() {
        return open;
    }

    void open() {
        open = true;
        queued.forEach(this::transmit);
        queued.clear();
    }

    /** Takes over what waits for another connection to the same peer, which is not being made any more. */
    void takeOver(LinkEnd former) {
        former.queued.forEach(this::send);
    }

    /** Sends a message, unless too much waits. */
    boolean send(byte[] bytes) {
        if (waitingBytes + bytes.length > Transport.MAX_WAITING_BYTES) {
            return false;
        }
        waitingBytes += bytes.length;
        if (open) {
            transmit(bytes);
        } else {
            queued.add(bytes);
        }
        return true;
    }

    private void transmit(byte[] bytes) {
        SimulatedNetwork network = link.network();
        if (stalled || link.isBroken()) {
            return;
        } else if (link.isCutBehind(this)) {
            stalled = true;
            link.stall();
            return;
        } else if (network.isLost()) {
            link.breakSoon();
            return;
        }
        LinkEnd other = Objects.requireNonNull(link.otherThan(this));
        network.timeline().after(network.delayNanos(), () -> {
            if (!link.isBroken()) {
                other.owner.run(() -> other.receive(this, bytes));
            }
        });
    }

    private void receive(LinkEnd from, byte[] bytes) {
        from.waitingBytes -= bytes.length;
        if (!owner.has(this)) {
            return;
        }
        Message message = MessageCodec.decode(bytes);
        if (peer.maySend(message, owner.self())) {
            owner.listener().received(peer, message);
        } else {
            link.breakSoon();
        }
    }
}
