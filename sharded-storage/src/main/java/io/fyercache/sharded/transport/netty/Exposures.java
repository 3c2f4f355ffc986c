package io.fyercache.sharded.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** From where a transport may be reached, by its security. */
final class Exposures {
    private Exposures() {}

    /** Tells whether connections with that address are permitted. */
    static boolean permits(TransportSecurity security, InetAddress address) {
        return !(security instanceof TransportSecurity.None none)
                || none.exposure() == TransportSecurity.Exposure.ANYWHERE
                || address.isLoopbackAddress();
    }

    /** Throws {@link IllegalArgumentException} if a transport may not listen there. */
    static void checkBind(TransportSecurity security, InetSocketAddress bind) {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException(
                    "bind address: " + bind.getHostString() + " (expected: a host that can be resolved)");
        }
        if (!permits(security, bind.getAddress())) {
            throw new IllegalArgumentException(
                    "bind address: " + bind.getAddress().getHostAddress() + ":"
                            + bind.getPort()
                            + " with no security (expected: a loopback address, or a secret, or TLS; or say "
                            + TransportSecurity.Exposure.ANYWHERE + " if the network is protected otherwise)");
        }
    }
}
