package io.fyercache.sharded.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a member is reached, through all of its lives: it is there before the first one begins, as a life tells ZooKeeper the port, and only
 * then gets to know who it is. Whoever connects between two lives waits until the next one begins.
 *
 * <p>Used by the process's thread, but for {@link #open} and {@link #port}.
 */
public final class ListeningPort implements AutoCloseable {
    private final Channel channel;

    /** Takes connections in; null between two lives. */
    private @Nullable Consumer<Channel> entrance;

    private ListeningPort(ProcessLoop loop, InetSocketAddress bind) {
        ChannelFuture bound = loop.sockets()
                .configure(new ServerBootstrap())
                .option(ChannelOption.AUTO_READ, false)
                .group(loop.eventLoop())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connected) {
                        accept(connected);
                    }
                })
                .bind(bind)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(
                    "bind address: " + bind.getAddress().getHostAddress() + ":" + bind.getPort()
                            + " cannot be listened at (expected: an address of this machine, and a free port)",
                    new IOException(bound.cause()));
        }
        channel = bound.channel();
    }

    /**
     * Begins to listen. May be called by any thread but the loop's.
     *
     * @param bind where; port 0 is any that is free
     * @throws IllegalArgumentException if nobody may listen there with that security ({@link TransportSecurity.Exposure})
     * @throws UncheckedIOException if it cannot
     */
    public static ListeningPort open(ProcessLoop loop, TransportSecurity security, InetSocketAddress bind) {
        Exposures.checkBind(security, bind);
        return new ListeningPort(loop, bind);
    }

    /** Returns the number of the port. May be called by any thread. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private void accept(Channel connected) {
        if (entrance == null) {
            FrameReader.close(connected);
        } else {
            entrance.accept(connected);
        }
    }

    /** Lets connections in, also those that have waited. */
    void enter(Consumer<Channel> by) {
        entrance = by;
        channel.config().setAutoRead(true);
    }

    /** Lets those wait that connect from now on. */
    void pause() {
        entrance = null;
        channel.config().setAutoRead(false);
    }

    /** Gives the port up. */
    @Override
    public void close() {
        FrameReader.close(channel);
    }
}
