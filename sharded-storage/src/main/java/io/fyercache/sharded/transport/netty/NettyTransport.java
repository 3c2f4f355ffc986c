package io.fyercache.sharded.transport.netty;

import io.fyercache.core.time.SystemClock;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The transport on TCP. Peers prove who they are before anything else that they send is read ({@link TransportSecurity}).
 *
 * <p>The process's executor runs one step at a time, in order, on the thread that calls this transport: the listener is called there, too.
 * When it stands still, no more is read than is bounded, and connections that arrive wait.
 */
public final class NettyTransport implements Transport {
    /** Seconds in which event loops end that have nothing to wait for. */
    private static final long CLOSE_SECONDS = 5;

    private static final String THREADS = "fyercache-transport";

    private final NettySettings settings;
    private final RefusalLog refusals = new RefusalLog(SystemClock.INSTANCE);
    private final HalfOpenConnections halfOpen = new HalfOpenConnections();
    private final Handshake handshake;
    private final HostResolver resolver;
    private final EventLoopGroup loops;
    private final Connections connections;
    private final @Nullable Channel listening;
    private boolean closed;

    private NettyTransport(
            NettySettings settings,
            Peer self,
            @Nullable InetSocketAddress bind,
            Executor process,
            TransportListener listener) {
        this.settings = settings;
        this.handshake = new Handshake(settings, self);
        Sockets sockets = Sockets.best();
        ThreadFactory threads = new DefaultThreadFactory(THREADS, true);
        this.resolver = new HostResolver(threads);
        this.loops = sockets.eventLoops(settings.eventLoops(), threads);
        Dialer dialer = new Dialer(settings, sockets, handshake, refusals, resolver);
        this.connections =
                new Connections(settings, self, process, listener, loops, dialer, refusals, SystemClock.INSTANCE);
        this.listening = bind == null ? null : listen(sockets, bind);
    }

    /**
     * Starts a member's transport. It listens when this returns.
     *
     * @param bind where it listens; port 0 is any that is free
     * @param process runs the listener; see the class
     * @throws IllegalArgumentException if it may not listen there ({@link TransportSecurity.Exposure})
     * @throws UncheckedIOException if it cannot
     */
    public static NettyTransport ofMember(
            NettySettings settings,
            Peer.OfMember self,
            InetSocketAddress bind,
            Executor process,
            TransportListener listener) {
        Exposures.checkBind(settings.security(), bind);
        return new NettyTransport(settings, self, bind, process, listener);
    }

    /**
     * Starts a client's transport.
     *
     * @param process runs the listener; see the class
     */
    public static NettyTransport ofClient(
            NettySettings settings, Peer.OfClient self, Executor process, TransportListener listener) {
        return new NettyTransport(settings, self, null, process, listener);
    }

    private Channel listen(Sockets sockets, InetSocketAddress bind) {
        ChannelFuture bound = sockets.configure(new ServerBootstrap())
                .group(loops)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new UncheckedIOException(
                    "bind address: " + bind.getAddress().getHostAddress() + ":" + bind.getPort()
                            + " cannot be listened at (expected: an address of this machine, and a free port)",
                    new IOException(bound.cause()));
        }
        return bound.channel();
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

    /**
     * Returns the port that it listens at.
     *
     * @throws IllegalStateException if it is a client's
     */
    public int port() {
        if (listening == null) {
            throw new IllegalStateException("port: none (expected: of a member's transport; a client does not listen)");
        }
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Returns how many connections were refused for that reason; since it was started. May be called by any thread. */
    public long refusals(Refusal reason) {
        return refusals.count(reason);
    }

    /** Returns how many accepted connections have not finished their handshakes. May be called by any thread. */
    public int halfOpen() {
        return halfOpen.inAll();
    }

    @Override
    public void membersChanged(List<Member> members) {
        connections.membersChanged(members);
    }

    @Override
    public boolean send(Peer to, Message message) {
        return connections.send(to, message);
    }

    /** Ends all connections, and the threads; what was sent before goes as far as sockets take it at once. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        connections.close();
        resolver.close();
        Future<?> unused = loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        boolean own = StreamSupport.stream(loops.spliterator(), false).anyMatch(loop -> loop.inEventLoop());
        if (!own) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            loops.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // They end without being waited for.
            Thread.currentThread().interrupt();
        }
    }
}
