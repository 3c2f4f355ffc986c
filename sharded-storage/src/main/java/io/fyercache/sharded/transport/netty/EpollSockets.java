package io.fyercache.sharded.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.ThreadFactory;

/** Linux's own sockets, which find out in time that a peer takes nothing any more. */
final class EpollSockets extends Sockets {
    /**
     * Milliseconds, 10 s, after which a connection ends whose peer has acknowledged nothing, or has had no room: by then its session with
     * ZooKeeper is over, whatever it does. Suspicion does not wait for that (protocol, T1).
     */
    private static final int USER_TIMEOUT_MILLIS = 10_000;

    /** Seconds of silence after which an idle connection is tried, and between tries; after three the peer is gone. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    private static final int KEEP_ALIVE_TRIES = 3;

    static boolean isAvailable() {
        return Epoll.isAvailable();
    }

    @Override
    EventLoopGroup eventLoops(int threads, ThreadFactory factory) {
        return new EpollEventLoopGroup(threads, factory);
    }

    @Override
    Class<? extends Channel> connecting() {
        return EpollSocketChannel.class;
    }

    @Override
    Class<? extends ServerChannel> accepting() {
        return EpollServerSocketChannel.class;
    }

    @Override
    Bootstrap configure(Bootstrap connecting) {
        return super.configure(connecting)
                .option(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
                .option(EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS)
                .option(EpollChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_SECONDS)
                .option(EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_TRIES);
    }

    @Override
    ServerBootstrap configure(ServerBootstrap accepting) {
        return super.configure(accepting)
                .childOption(EpollChannelOption.TCP_USER_TIMEOUT, USER_TIMEOUT_MILLIS)
                .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS)
                .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_SECONDS)
                .childOption(EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_TRIES);
    }
}
