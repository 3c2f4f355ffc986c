package io.fyercache.sharded.transport.netty;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many accepted connections have not finished their handshakes, in all and of each address. Thread-safe. */
final class HalfOpenConnections {
    @GuardedBy("this")
    private final Map<InetAddress, Integer> ofAddress = new HashMap<>();

    @GuardedBy("this")
    private int inAll;

    /** Takes in one more, if there is room. Tells whether there was; then {@link #leave} is owed. */
    synchronized boolean enter(InetAddress address) {
        int here = ofAddress.getOrDefault(address, 0);
        if (inAll >= HandshakeLimits.HALF_OPEN_IN_ALL || here >= HandshakeLimits.HALF_OPEN_OF_ADDRESS) {
            return false;
        }
        inAll++;
        ofAddress.put(address, here + 1);
        return true;
    }

    /** Gives the room of one back. */
    synchronized void leave(InetAddress address) {
        inAll--;
        ofAddress.computeIfPresent(address, (key, here) -> here == 1 ? null : here - 1);
    }

    synchronized int inAll() {
        return inAll;
    }
}
