package io.fyercache.sharded.transport.netty;

/** What a peer may cost that has not proved who it is. */
final class HandshakeLimits {
    /** Bytes, 4 KiB: dozens of times what a handshake needs. */
    static final int FRAME_BYTES = 4 << 10;

    /** Nanoseconds, 2 s, for the handshake of someone who connects, TLS included: generous, as who connects gives up sooner. */
    static final long HANDSHAKE_NANOS = 2_000_000_000L;

    /** Connections of one address whose handshakes are under way: as many as a machine runs processes. */
    static final int HALF_OPEN_OF_ADDRESS = 64;

    /** Connections whose handshakes are under way: a cluster of the largest size that restarts at once, and as many clients for each. */
    static final int HALF_OPEN_IN_ALL = 1_024;

    private HandshakeLimits() {}
}
