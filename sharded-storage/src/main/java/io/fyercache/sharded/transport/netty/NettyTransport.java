package io.fyercache.sharded.transport.netty;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.netty.channel.Channel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transport on TCP. Peers prove who they are before anything else that they send is read ({@link TransportSecurity}).
 *
 * <p>All of it happens on the process's {@link ProcessLoop loop}: it is made and used there, and the listener is called there, in the midst of
 * reading from a socket. While that thread is busy nothing is read, and the peers' sending comes to a stand.
 */
public final class NettyTransport implements Transport {
    private static final String LOOK_UPS = "fyercache-look-ups";

    private final NettySettings settings;
    private final RefusalLog refusals;
    private final HalfOpenConnections halfOpen = new HalfOpenConnections();
    private final Traffic traffic = new Traffic();
    private final Handshake handshake;
    private final HostResolver resolver = new HostResolver(new DefaultThreadFactory(LOOK_UPS, true));
    private final Connections connections;
    private final @Nullable ListeningPort port;
    private boolean closed;

    private NettyTransport(
            NettySettings settings,
            Peer self,
            @Nullable ListeningPort port,
            ProcessLoop loop,
            TransportListener listener) {
        loop.requireCurrent("a transport");
        this.settings = settings;
        this.refusals = loop.refusalLog();
        this.handshake = new Handshake(settings, self);
        Dialer dialer = new Dialer(settings, loop.sockets(), handshake, refusals, resolver);
        this.connections = new Connections(
                settings, self, listener, loop.eventLoop(), dialer, refusals, SystemClock.INSTANCE, traffic);
        this.port = port;
        if (port != null) {
            port.enter(this::accept);
        }
    }

    /**
     * Starts the transport of a member's life, which whoever connects to the port reaches from now on. On the loop.
     *
     * @param port one of that loop, which no other transport uses that has not been closed
     */
    public static NettyTransport ofMember(
            NettySettings settings,
            Peer.OfMember self,
            ListeningPort port,
            ProcessLoop loop,
            TransportListener listener) {
        return new NettyTransport(settings, self, port, loop, listener);
    }

    /** Starts a client's transport. On the loop. */
    public static NettyTransport ofClient(
            NettySettings settings, Peer.OfClient self, ProcessLoop loop, TransportListener listener) {
        return new NettyTransport(settings, self, null, loop, listener);
    }

    private void accept(Channel channel) {
        // Null if it has gone already.
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            FrameReader.close(channel);
            return;
        }
        InetAddress address = peer.getAddress();
        if (!halfOpen.enter(address)) {
            refusals.note(Refusal.TOO_MANY_HALF_OPEN, peer);
            FrameReader.close(channel);
            return;
        }
        if (settings.security() instanceof MutualTls tls) {
            channel.pipeline().addLast(tls.accepting().newHandler(channel.alloc()));
        }
        channel.pipeline()
                .addLast(new FrameReader(
                        refusals,
                        new AcceptingStage(channel, handshake, refusals, connections, () -> halfOpen.leave(address))));
    }

    /** Returns how many connections were refused for that reason, by all transports of the process. May be called by any thread. */
    public long refusals(Refusal reason) {
        return refusals.count(reason);
    }

    /** Returns how many accepted connections have not finished their handshakes. May be called by any thread. */
    public int halfOpen() {
        return halfOpen.inAll();
    }

    /** Returns what has gone over its connections. May be called by any thread. */
    public TransportCounts counts() {
        return traffic.counts();
    }

    @Override
    public void membersChanged(List<Member> members) {
        connections.membersChanged(members);
    }

    @Override
    public boolean send(Peer to, Message message) {
        return connections.send(to, message);
    }

    /**
     * Asks whether a member and this process believe each other, and connects to it if there is no connection: it costs no message. Such an attempt
     * begins no sooner than {@link Transport#CONNECT_NANOS} after the one before.
     *
     * @param then is told on the loop, perhaps within this call; never if the transport is closed before, or somebody knocks there again
     */
    public void knock(Incarnation member, Consumer<Knock> then) {
        if (!closed) {
            connections.knock(new Peer.OfMember(member), then);
        }
    }

    /** Ends all connections; what was sent before goes as far as sockets take it at once. Port and loop stay. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (port != null) {
            port.pause();
        }
        connections.close();
        resolver.close();
    }
}
