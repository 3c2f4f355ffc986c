package io.fyercache.testkit.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The way from one process to a port of this machine: passes on what it is given, until it is told to do harm. What a cut swallows ends its
 * connection a little later, as TCP ends one whose bytes are not acknowledged, only sooner.
 */
public final class TcpLink implements AutoCloseable {
    /** Milliseconds from lost bytes to the end of their connection; TCP takes seconds. */
    private static final long NOTICED_MILLIS = 200;

    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocket server;
    private final int target;
    private final Supplier<Ear> ears;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private volatile boolean cutThere;
    private volatile boolean cutBack;

    /** Hears what goes over a connection in one direction, as it comes. Called by one thread. */
    public interface Ear {
        /** Hears the first {@code count} bytes, and keeps none of them. */
        void hear(byte[] bytes, int count);
    }

    /** Opens the way, at any port. */
    TcpLink(int target) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), target, () -> (bytes, count) -> {});
    }

    /**
     * Opens the way.
     *
     * @param entrance where the process connects to; port 0 is any
     * @param ears makes an ear for each direction of each connection
     */
    public TcpLink(InetSocketAddress entrance, int target, Supplier<Ear> ears) {
        this.target = target;
        this.ears = ears;
        try {
            server = new ServerSocket();
            server.bind(entrance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Where the process connects to. */
    int port() {
        return server.getLocalPort();
    }

    /** Swallows what goes to the target from now on, or no longer. */
    public void setCutThere(boolean cut) {
        cutThere = cut;
    }

    /** Swallows what comes back from the target from now on, or no longer. */
    public void setCutBack(boolean cut) {
        cutBack = cut;
    }

    /** Returns the connections that go over this way now. */
    List<Passage> passages() {
        return List.copyOf(passages);
    }

    /** Breaks what goes over this way now. */
    public void breakConnections() {
        passages.forEach(Passage::reset);
    }

    private static void start(Runnable action) {
        Thread thread = new Thread(action, "tcp-link");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = server.accept();
                start(() -> new Passage(near).open());
            }
        } catch (IOException e) {
            // Closed.
            passages().forEach(Passage::reset);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection from the process, and its continuation. */
    final class Passage {
        private final Socket near;
        private final Socket far = new Socket();

        Passage(Socket near) {
            this.near = near;
        }

        void open() {
            passages.add(this);
            try {
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            } catch (IOException e) {
                reset();
                return;
            }
            start(() -> pass(near, far, true));
            pass(far, near, false);
        }

        private void pass(Socket from, Socket to, boolean there) {
            byte[] buffer = new byte[BUFFER_BYTES];
            Ear ear = ears.get();
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (there ? cutThere : cutBack) {
                        later().execute(this::reset);
                    } else {
                        ear.hear(buffer, count);
                        out.write(buffer, 0, count);
                    }
                }
                passages.remove(this);
            } catch (IOException e) {
                reset();
            }
        }

        private Executor later() {
            return CompletableFuture.delayedExecutor(NOTICED_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** Ends both halves at once, whatever is under way. */
        void reset() {
            passages.remove(this);
            reset(near);
            reset(far);
        }

        private void reset(Socket socket) {
            try {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            } catch (IOException e) {
                // The other side was quicker.
            }
        }
    }
}
