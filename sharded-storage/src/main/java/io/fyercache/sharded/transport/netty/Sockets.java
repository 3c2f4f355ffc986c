package io.fyercache.sharded.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;

/** A kind of sockets, and how they are set up: those of the JDK, which are everywhere. */
class Sockets {
    /** Connections that wait to be accepted: as many as may be half-open. */
    private static final int BACKLOG = HandshakeLimits.HALF_OPEN_IN_ALL;

    /** Bytes, 512 KiB and 1 MiB, that lie outside of the heap for a socket to take; below the first, more is written. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(512 << 10, 1 << 20);

    /** Returns the best kind that there is. */
    static Sockets best() {
        try {
            if (EpollSockets.isAvailable()) {
                return new EpollSockets();
            }
        } catch (NoClassDefFoundError e) {
            // That library is optional.
            return new Sockets();
        }
        return new Sockets();
    }

    EventLoopGroup eventLoops(int threads, ThreadFactory factory) {
        return new NioEventLoopGroup(threads, factory);
    }

    Class<? extends Channel> connecting() {
        return NioSocketChannel.class;
    }

    Class<? extends ServerChannel> accepting() {
        return NioServerSocketChannel.class;
    }

    /** Sets a side up that connects. */
    Bootstrap configure(Bootstrap connecting) {
        return connecting
                .channel(connecting())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }

    /** Sets a side up that accepts. A restarted process has its port at once. */
    ServerBootstrap configure(ServerBootstrap accepting) {
        return accepting
                .channel(accepting())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }
}
