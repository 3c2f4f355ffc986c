package io.fyercache.sharded.transport.netty;

import io.fyercache.core.time.Clock;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.codec.MessageCodec;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * With whom there is a connection, and which one. Used by the process's thread, on which the listener is called as soon as something is read.
 *
 * <p>Two members who connect to each other at once keep the connection that <b>the older of them</b> makes, which both know by their
 * incarnations. The younger gives its attempt up when the other's arrives; the older keeps what arrives from the younger in case that its own
 * attempt fails, which it may if only one of them can reach the other.
 *
 * <p>An attempt that was given up may arrive after the connection that it was given up for is open, and must not be taken for a new one. So
 * attempts are numbered, and who accepts a connection says, protected by its proof, up to which number its own attempts are over. A later one
 * means that the peer knows of the connection's end already.
 */
final class Connections implements ConnectionEvents {
    private final NettySettings settings;
    private final Peer self;
    private final TransportListener listener;
    private final EventLoop loop;
    private final Dialer dialer;
    private final RefusalLog refusals;
    private final Clock clock;
    private final Traffic traffic;

    private final Map<Peer, PeerEnd> ends = new HashMap<>();
    private Map<Peer, DataAddress> addresses = new HashMap<>();
    private final Map<Peer, Long> latestAttemptNanos = new HashMap<>();
    private final Map<Peer, Consumer<Knock>> knocks = new HashMap<>();
    private long attempts;
    private boolean closed;

    Connections(
            NettySettings settings,
            Peer self,
            TransportListener listener,
            EventLoop loop,
            Dialer dialer,
            RefusalLog refusals,
            Clock clock,
            Traffic traffic) {
        this.settings = settings;
        this.self = self;
        this.listener = listener;
        this.loop = loop;
        this.dialer = dialer;
        this.refusals = refusals;
        this.clock = clock;
        this.traffic = traffic;
    }

    void membersChanged(List<Member> members) {
        addresses = new HashMap<>();
        members.forEach(member -> addresses.put(
                new Peer.OfMember(member.incarnation()), member.description().dataAddress()));
        latestAttemptNanos.keySet().retainAll(addresses.keySet());
    }

    boolean send(Peer to, Message message) {
        if (closed) {
            return false;
        }
        byte[] frame = MessageCodec.encode(message);
        PeerEnd end = ends.get(to);
        if (end == null) {
            end = connect(to);
        }
        return end != null && end.outbox().offer(frame);
    }

    /** Tells how it stands with a member, or will when a connection is made or not; who asks again is told instead. */
    void knock(Peer.OfMember to, Consumer<Knock> then) {
        PeerEnd end = ends.get(to);
        if (end != null && end.open() != null) {
            then.accept(Knock.Plain.LET_IN);
        } else if (end == null && connect(to) == null) {
            then.accept(Knock.Plain.NOBODY_THERE);
        } else {
            knocks.put(to, then);
        }
    }

    private void answer(Peer peer, Knock answer) {
        Consumer<Knock> asked = knocks.remove(peer);
        if (asked != null) {
            asked.accept(answer);
        }
    }

    /** Begins to connect to a member; returns this end, or null if nobody knows where it is. */
    private @Nullable PeerEnd connect(Peer to) {
        DataAddress address = addresses.get(to);
        if (address == null || to.equals(self) || !(to instanceof Peer.OfMember member)) {
            return null;
        }
        attempts++;
        Attempt attempt = new Attempt(member.incarnation(), address, attempts, loop, dialer, this);
        PeerEnd end = new PeerEnd(to, traffic);
        end.beginsWith(attempt);
        ends.put(to, end);
        attempt.start(delayNanos(to), settings.connectTimeout().toNanos());
        return end;
    }

    /** An attempt begins no sooner than {@link Transport#CONNECT_NANOS} after the last one, however soon that failed. */
    private long delayNanos(Peer to) {
        long now = clock.nanoTime();
        Long latest = latestAttemptNanos.get(to);
        long delay = latest == null ? 0 : Math.max(0, latest + Transport.CONNECT_NANOS - now);
        latestAttemptNanos.put(to, now + delay);
        return delay;
    }

    void close() {
        closed = true;
        ends.values().forEach(PeerEnd::close);
        ends.clear();
        knocks.clear();
    }

    @Override
    public void opened(Attempt attempt, Connection connection) {
        PeerEnd end = ends.get(connection.peer());
        if (end == null || !end.isBeingMadeBy(attempt)) {
            connection.close();
        } else {
            open(end, connection);
        }
    }

    private void open(PeerEnd end, Connection connection) {
        end.open(connection, attempts);
        answer(end.peer(), Knock.Plain.LET_IN);
    }

    @Override
    public void failed(Attempt attempt) {
        PeerEnd end = ends.get(new Peer.OfMember(attempt.member()));
        if (end == null || !end.isBeingMadeBy(attempt)) {
            return;
        }
        Connection spare = end.spare();
        if (spare != null) {
            open(end, spare);
        } else {
            ends.remove(end.peer());
            listener.unreachable(attempt.member());
            answer(end.peer(), attempt.failure());
        }
    }

    @Override
    public void arrived(Connection connection) {
        if (closed) {
            connection.close();
        } else if (mayBe(connection)) {
            letIn(connection);
        } else {
            connection.refuse(Refusal.WRONG_NAME, refusals);
        }
    }

    /** Tells whether the peer may be who it says it is, as far as a certificate must say so. */
    private boolean mayBe(Connection connection) {
        if (!(settings.security() instanceof MutualTls) || connection.peer() instanceof Peer.OfClient) {
            return true;
        }
        DataAddress address = addresses.get(connection.peer());
        return address != null && connection.isAt(address.host());
    }

    private void letIn(Connection connection) {
        Peer peer = connection.peer();
        PeerEnd end = ends.get(peer);
        Connection open = end == null ? null : end.open();
        if (open != null) {
            if (connection.attempt() <= open.attempt()) {
                connection.close();
                return;
            }
            ends.remove(peer);
            open.close();
            listener.disconnected(peer);
            // The listener may have sent something to the peer, which has begun an attempt.
            end = ends.get(peer);
        }
        if (end == null) {
            end = new PeerEnd(peer, traffic);
            ends.put(peer, end);
        } else if (isOlderThan(peer)) {
            end.keep(connection);
            return;
        }
        end.giveUpAttempt();
        open(end, connection);
    }

    /** Tells whether this side's attempt counts, not the peer's. */
    private boolean isOlderThan(Peer peer) {
        return self instanceof Peer.OfMember mine
                && peer instanceof Peer.OfMember theirs
                && mine.incarnation().compareTo(theirs.incarnation()) < 0;
    }

    @Override
    public void received(Connection connection, Message message) {
        PeerEnd end = ends.get(connection.peer());
        // Nothing comes of a connection whose end was told.
        if (end == null || end.open() != connection) {
            return;
        }
        if (!connection.peer().maySend(message, self)) {
            throw new RefusedException(Refusal.FORBIDDEN_MESSAGE);
        }
        traffic.received();
        listener.received(connection.peer(), message);
    }

    @Override
    public void ended(Connection connection) {
        Peer peer = connection.peer();
        PeerEnd end = ends.get(peer);
        if (end == null) {
            return;
        }
        if (end.spare() == connection) {
            end.keep(null);
        } else if (end.open() == connection) {
            ends.remove(peer);
            listener.disconnected(peer);
            if (!closed && !ends.containsKey(peer)) {
                connect(peer);
            }
        }
    }
}
