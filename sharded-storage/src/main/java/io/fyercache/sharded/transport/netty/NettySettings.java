package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.Transport;
import java.time.Duration;
import java.util.UUID;

/**
 * What a {@link NettyTransport} is told.
 *
 * @param cluster the cluster's identity; peers of another one are refused
 * @param security how peers know each other
 * @param connectTimeout within which a connection must be made, handshake included: 1 ms to 10 s
 */
public record NettySettings(UUID cluster, TransportSecurity security, Duration connectTimeout) {
    private static final Duration SHORTEST_CONNECT = Duration.ofMillis(1);

    /** A member that takes longer than a session of ZooKeeper to answer is not there. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /** Checks the time. */
    public NettySettings {
        if (connectTimeout.compareTo(SHORTEST_CONNECT) < 0 || connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
            throw new IllegalArgumentException("connect timeout: " + connectTimeout + " (expected: " + SHORTEST_CONNECT
                    + ".." + LONGEST_CONNECT + ")");
        }
    }

    /** {@link Transport#CONNECT_NANOS} to connect. */
    public static NettySettings of(UUID cluster, TransportSecurity security) {
        return new NettySettings(cluster, security, Duration.ofNanos(Transport.CONNECT_NANOS));
    }

    /** The same with more time or less to connect: for machines that are slower than the protocol's figures mean. */
    public NettySettings withConnectTimeout(Duration timeout) {
        return new NettySettings(cluster, security, timeout);
    }
}
