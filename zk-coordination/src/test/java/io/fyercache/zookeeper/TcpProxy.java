package io.fyercache.zookeeper;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to one server that can be cut while connections are open, or lose what comes back. Two threads carry each connection.
 *
 * <p>May be used by any thread.
 */
final class TcpProxy implements Closeable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final InetSocketAddress server;
    private final ServerSocket entrance;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private Traffic traffic = Traffic.PASSES;

    /** What gets through. */
    enum Traffic {
        PASSES,
        /** Connections that are open go on, and nothing comes back by them. There are no new ones. */
        LOSES_ANSWERS,
        /** Nothing. Open connections end at once. */
        CUT
    }

    TcpProxy(InetSocketAddress server) {
        this.server = server;
        try {
            entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("accept", this::accept);
    }

    /** Where it is entered, as {@code host:port}. */
    String address() {
        return entrance.getInetAddress().getHostAddress() + ":" + entrance.getLocalPort();
    }

    /** Changes what gets through: when this returns it has changed. No connection goes on that something was lost of. */
    synchronized void set(Traffic next) {
        boolean whole = traffic == Traffic.PASSES && next != Traffic.CUT;
        traffic = next;
        if (!whole) {
            links.forEach(Link::close);
        }
    }

    private synchronized boolean admits(Link link) {
        if (traffic == Traffic.PASSES) {
            links.add(link);
            return true;
        }
        return false;
    }

    private void accept() throws IOException {
        while (!entrance.isClosed()) {
            Socket client = entrance.accept();
            try {
                connect(client);
            } catch (IOException e) {
                closeQuietly(client); // The server is down, which is no reason not to ask it again.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Link link = new Link(client, new Socket(server.getAddress(), server.getPort()));
        if (admits(link)) {
            run("requests", link::carryRequests);
            run("answers", link::carryAnswers);
        } else {
            link.close();
        }
    }

    @Override
    public void close() {
        set(Traffic.CUT);
        closeQuietly(entrance);
    }

    private static void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side has closed.
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection of a client, and the one that goes on to the server. */
    private final class Link implements Closeable {
        private final Socket client;
        private final Socket toServer;

        Link(Socket client, Socket toServer) throws IOException {
            this.client = client;
            this.toServer = toServer;
            client.setTcpNoDelay(true);
            toServer.setTcpNoDelay(true);
        }

        void carryRequests() throws IOException {
            try (this) {
                carry(client.getInputStream(), toServer.getOutputStream(), false);
            }
        }

        void carryAnswers() throws IOException {
            try (this) {
                carry(toServer.getInputStream(), client.getOutputStream(), true);
            }
        }

        private void carry(InputStream from, OutputStream to, boolean answers) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                synchronized (TcpProxy.this) {
                    if (traffic == Traffic.PASSES || !answers) {
                        to.write(buffer, 0, read);
                    }
                }
            }
        }

        @Override
        public void close() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(toServer);
        }
    }
}
