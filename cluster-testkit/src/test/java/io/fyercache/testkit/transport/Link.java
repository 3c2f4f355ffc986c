package io.fyercache.testkit.transport;

import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A connection of two peers, from the attempt to make it until it breaks. */
final class Link {
    /** The longest time after which a peer notices that the other one is gone. */
    private static final long NOTICE_NANOS = 60_000_000;

    /** The longest time after which a peer gives up a connection over which nothing passes: until then TCP sends again. */
    private static final long STALL_NANOS = 500_000_000;

    private final SimulatedNetwork network;
    private final LinkEnd maker;

    /** The end of the peer that the maker connects to; null if nobody is there. */
    private final @Nullable LinkEnd other;

    private boolean broken;

    Link(SimulatedNetwork network, SimulatedTransport maker, Peer to, @Nullable SimulatedTransport receiver) {
        this.network = network;
        this.maker = new LinkEnd(this, maker, to);
        this.other = receiver == null ? null : new LinkEnd(this, receiver, maker.self());
    }

    SimulatedNetwork network() {
        return network;
    }

    boolean isBeingMade() {
        return !broken && !maker.isOpen();
    }

    boolean isBroken() {
        return broken;
    }

    LinkEnd maker() {
        return maker;
    }

    LinkEnd otherThan(LinkEnd end) {
        return end == maker ? other : maker;
    }

    /** Tells whether nothing that is sent at an end gets to the other one. */
    boolean isCutBehind(LinkEnd end) {
        return network.isCut(end.owner().node(), otherThan(end).owner().node());
    }

    // ---- the beginning

    /** Begins to make the connection. */
    void connect() {
        if (other == null) {
            network.timeline().after(2 * network.delayNanos(), this::breakSoon);
            return;
        }
        if (!isCutBehind(maker)) {
            network.timeline().after(network.delayNanos(), () -> other.owner().run(this::accept));
        }
        network.timeline().after(Transport.CONNECT_NANOS, () -> {
            if (isBeingMade()) {
                breakSoon();
            }
        });
    }

    private void accept() {
        if (broken || isCutBehind(other)) {
            return;
        }
        other.owner().accepted(other);
        other.open();
        network.timeline().after(network.delayNanos(), () -> {
            if (!broken) {
                maker.open();
            }
        });
    }

    // ---- the end

    /** Breaks the connection, as both peers notice at once, even if nothing passes between them. */
    void breakSoon() {
        breakNow(end -> 1);
    }

    /** Breaks the connection: a peer has ended, and the other one notices. */
    void breakAtTheEndOfAPeer() {
        breakNow(end -> other != null && isCutBehind(otherThan(end)) ? STALL_NANOS : network.upTo(NOTICE_NANOS));
    }

    /** Breaks the connection after a while: something got lost on the way. */
    void stall() {
        network.timeline().after(STALL_NANOS / 2 + network.upTo(STALL_NANOS / 2), this::breakSoon);
    }

    private void breakNow(ToLongFunction<LinkEnd> noticedAfterNanos) {
        if (!broken) {
            broken = true;
            tellOfTheEnd(maker, noticedAfterNanos.applyAsLong(maker));
            if (other != null) {
                tellOfTheEnd(other, noticedAfterNanos.applyAsLong(other));
            }
        }
    }

    private void tellOfTheEnd(LinkEnd end, long afterNanos) {
        network.timeline()
                .after(afterNanos, () -> end.owner().run(() -> end.owner().left(end)));
    }
}
