package io.fyercache.sharded.node;

import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.netty.NettySettings;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import java.time.Duration;
import java.util.UUID;

/**
 * How the processes of a cluster connect to each other.
 *
 * @param security how they know each other, the same for all
 * @param connectTimeout see {@link NettySettings}
 */
public record NodeConnections(TransportSecurity security, Duration connectTimeout) {

    /** With {@link Transport#CONNECT_NANOS} to connect. */
    public static NodeConnections with(TransportSecurity security) {
        return new NodeConnections(security, Duration.ofNanos(Transport.CONNECT_NANOS));
    }

    /** Returns the settings of a transport, when it is known which cluster this is. */
    NettySettings in(UUID cluster) {
        return new NettySettings(cluster, security, connectTimeout);
    }
}
