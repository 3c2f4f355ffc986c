package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.topology.DataAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects to addresses, with what all connections of a transport have in common. Thread-safe. */
final class Dialer {
    private final NettySettings settings;
    private final Sockets sockets;
    private final Handshake handshake;
    private final RefusalLog refusals;
    private final HostResolver resolver;
    private final RefusalText texts;

    Dialer(NettySettings settings, Sockets sockets, Handshake handshake, RefusalLog refusals, HostResolver resolver) {
        this.settings = settings;
        this.sockets = sockets;
        this.handshake = handshake;
        this.refusals = refusals;
        this.resolver = resolver;
        this.texts = new RefusalText(settings.security());
    }

    /** Looks a host up, and tells the address on the loop, or null if there is none that may be connected to; then the attempt is told why. */
    void resolve(Attempt attempt, String host, EventLoop loop, Consumer<@Nullable InetAddress> then) {
        resolver.resolve(host, loop, address -> {
            if (address == null) {
                attempt.refused(RefusalText.unknownHost());
                then.accept(null);
            } else if (!Exposures.permits(settings.security(), address)) {
                refusals.note(Refusal.EXPOSED, new InetSocketAddress(address, 0));
                attempt.refused(texts.byThisSide(Refusal.EXPOSED, null));
                then.accept(null);
            } else {
                then.accept(address);
            }
        });
    }

    /** Connects, on the loop; the attempt is told what comes of it. */
    Channel connect(Attempt attempt, InetAddress host, DataAddress address, EventLoop loop) {
        ChannelFuture connected = sockets.configure(new Bootstrap())
                .group(loop)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (settings.security() instanceof MutualTls tls) {
                            channel.pipeline()
                                    .addLast(tls.connecting()
                                            .newHandler(channel.alloc(), address.host(), address.port()));
                        }
                        channel.pipeline()
                                .addLast(new FrameReader(
                                        refusals, new ConnectingStage(channel, attempt, handshake, texts)));
                    }
                })
                .connect(new InetSocketAddress(host, address.port()));
        ChannelFuture unused = connected.addListener(done -> {
            if (done.isSuccess()) {
                attempt.reached();
            } else {
                attempt.failed();
            }
        });
        return connected.channel();
    }
}
