package io.fyercache.sharded.transport.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake of TLS of this process with itself, in memory: the first one of a JVM loads and sets up so much that it takes longer than a connection may
 * ({@link io.fyercache.sharded.transport.Transport#CONNECT_NANOS}). Used once, by one thread.
 */
final class TlsRehearsal {
    /** Steps of both sides: several times what a handshake takes, so that it ends whatever they do. */
    private static final int MAX_STEPS = 64;

    /** Bytes, 64 KiB, that are under way at a time: more than two certificates with their chains take. */
    private static final int UNDER_WAY_BYTES = 64 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine connecting;
    private final SSLEngine accepting;
    private final ByteBuffer toAccepting = ByteBuffer.allocate(UNDER_WAY_BYTES);
    private final ByteBuffer toConnecting = ByteBuffer.allocate(UNDER_WAY_BYTES);
    private final ByteBuffer unread = ByteBuffer.allocate(UNDER_WAY_BYTES);

    private TlsRehearsal(SslContext connecting, SslContext accepting) {
        this.connecting = connecting.newEngine(ByteBufAllocator.DEFAULT);
        this.accepting = accepting.newEngine(ByteBufAllocator.DEFAULT);
    }

    /** Does it, whatever comes of it: that this process does not believe itself need not mean that others do not. */
    static void of(SslContext connecting, SslContext accepting) {
        try {
            new TlsRehearsal(connecting, accepting).run();
        } catch (SSLException e) {
            // Most is set up by then.
            return;
        }
    }

    private void run() throws SSLException {
        connecting.beginHandshake();
        accepting.beginHandshake();
        for (int steps = 0; steps < MAX_STEPS && (isUnderWay(connecting) || isUnderWay(accepting)); steps++) {
            step(connecting, toConnecting, toAccepting);
            step(accepting, toAccepting, toConnecting);
        }
    }

    private static boolean isUnderWay(SSLEngine side) {
        return side.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private void step(SSLEngine side, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (side.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = side.getDelegatedTask(); task != null; task = side.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> {
                var unused = side.wrap(NOTHING, out);
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                var unused = side.unwrap(in, unread);
                in.compact();
            }
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }
}
