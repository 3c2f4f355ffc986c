package io.fyercache.sharded.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Two who connect where TLS is spoken and do not get on with it: one says nothing, the other begins with what a client says first, byte by byte, and never
 * comes to its end. For one thread.
 */
public final class SlowTlsCallers implements AutoCloseable {
    private final Socket silent;
    private final Socket slow;
    private final byte[] hello;
    private int sent;

    /** Connects both to a port of this machine. */
    public SlowTlsCallers(int port) throws IOException, GeneralSecurityException {
        hello = clientHello();
        silent = connect(port);
        slow = connect(port);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(1); // Whoever looks whether it has ended does not wait.
        return socket;
    }

    private static byte[] clientHello() throws IOException, GeneralSecurityException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    /** Has the slow one say one byte more, and tells whether its connection has ended. */
    public boolean slowOneHasEnded() {
        try {
            if (sent < hello.length - 1) {
                slow.getOutputStream().write(hello[sent]);
                sent++;
            }
        } catch (IOException e) {
            return true;
        }
        return hasEnded(slow);
    }

    /** Tells whether the connection of the silent one has ended. */
    public boolean silentOneHasEnded() {
        return hasEnded(silent);
    }

    private static boolean hasEnded(Socket socket) {
        try {
            int next = socket.getInputStream().read();
            while (next >= 0) {
                next = socket.getInputStream().read(); // An alert comes before the end.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        silent.close();
        slow.close();
    }
}
