package io.fyercache.testkit.transport;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.codec.MessageCodec;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One peer's connections over a {@link SimulatedNetwork}. Messages take their binary form, so whatever has none is noticed. */
public final class SimulatedTransport implements Transport {
    private final SimulatedNetwork network;
    private final Peer self;
    private final int node;
    private final Consumer<Runnable> process;
    private final TransportListener listener;

    private Map<Peer, DataAddress> addresses = new HashMap<>();
    private final Map<Peer, LinkEnd> ends = new LinkedHashMap<>();
    private boolean closed;

    SimulatedTransport(
            SimulatedNetwork network, Peer self, int node, Consumer<Runnable> process, TransportListener listener) {
        this.network = network;
        this.self = self;
        this.node = node;
        this.process = process;
        this.listener = listener;
    }

    Peer self() {
        return self;
    }

    int node() {
        return node;
    }

    boolean isClosed() {
        return closed;
    }

    TransportListener listener() {
        return listener;
    }

    /** Lets something happen in this peer's process, unless it has closed its transport by then. */
    void run(Runnable action) {
        process.accept(() -> {
            if (!closed) {
                action.run();
            }
        });
    }

    @Override
    public void membersChanged(List<Member> members) {
        addresses = new HashMap<>();
        members.forEach(member -> addresses.put(
                new Peer.OfMember(member.incarnation()), member.description().dataAddress()));
    }

    @Override
    public boolean send(Peer to, Message message) {
        if (closed) {
            return false;
        }
        LinkEnd end = ends.get(to);
        if (end == null) {
            end = connect(to);
        }
        return end != null && end.send(MessageCodec.encode(message));
    }

    /** Begins to make a connection; returns this end of it, or null if nobody knows where the peer is. */
    private @Nullable LinkEnd connect(Peer to) {
        DataAddress address = addresses.get(to);
        if (address == null) {
            return null;
        }
        SimulatedTransport present = network.at(address);
        SimulatedTransport receiver = present == null || !present.self.equals(to) ? null : present;
        LinkEnd theirs = receiver == null ? null : receiver.ends.get(self);
        LinkEnd mine = theirs == null || !theirs.link().isBeingMade()
                ? null
                : theirs.link().otherThan(theirs);
        if (mine != null) {
            // Two who connect to each other at the same time mean the same connection.
            ends.put(to, mine);
            return mine;
        }
        Link link = new Link(network, this, to, receiver);
        ends.put(to, link.maker());
        link.connect();
        return link.maker();
    }

    /** Tells whether a connection has not ended, as far as is known here. */
    boolean has(LinkEnd end) {
        return ends.get(end.peer()) == end;
    }

    /** Takes in a connection that the peer makes. If there is another one, the peer has given that up. */
    void accepted(LinkEnd end) {
        LinkEnd former = ends.put(end.peer(), end);
        if (former != null && former != end) {
            if (former.isOpen()) {
                listener.disconnected(end.peer());
            } else {
                end.takeOver(former);
            }
        }
    }

    /** Takes in that a connection has broken, or could not be made. */
    void left(LinkEnd end) {
        if (!has(end)) {
            return;
        }
        ends.remove(end.peer());
        if (end.isOpen()) {
            listener.disconnected(end.peer());
            if (!closed && !ends.containsKey(end.peer())) {
                connect(end.peer());
            }
        } else if (end.peer() instanceof Peer.OfMember member) {
            listener.unreachable(member.incarnation());
        }
    }

    /** Breaks the connection to a peer, if there is one. */
    public void breakConnection(Peer peer) {
        LinkEnd end = ends.get(peer);
        if (end != null) {
            end.link().breakSoon();
        }
    }

    /** Breaks all connections. */
    public void breakConnections() {
        List.copyOf(ends.values()).forEach(end -> end.link().breakSoon());
    }

    @Override
    public void close() {
        closed = true;
        ends.values().forEach(end -> end.link().breakAtTheEndOfAPeer());
        ends.clear();
    }
}
