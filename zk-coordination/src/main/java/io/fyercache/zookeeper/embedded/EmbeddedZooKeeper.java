package io.fyercache.zookeeper.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.jspecify.annotations.Nullable;

/**
 * One real ZooKeeper server in this JVM, for tests and for trials on one machine: it is no ensemble, and what it holds is lost with the machine.
 * It listens on the loopback address only. There is no administration server, and of ZooKeeper's four-letter words only those are answered that
 * the system property {@code zookeeper.4lw.commands.whitelist} names, and {@code srvr}, which cannot be switched off.
 *
 * <p>ZooKeeper's servers need {@code io.dropwizard.metrics:metrics-core} and {@code org.xerial.snappy:snappy-java}, which its clients do not, so
 * whoever uses this class adds them (ADR 19).
 *
 * <p>Thread-safe. The server's threads are daemons; none is left when {@link #close} has returned.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
    /** In place of a port: any that is free. */
    public static final int ANY_PORT = 0;

    private static final Logger LOGGER = System.getLogger(EmbeddedZooKeeper.class.getName());

    private static final int LARGEST_PORT = 65_535;

    /** Milliseconds: sessions are looked at so often. */
    private static final int TICK_MILLIS = 500;

    /** Milliseconds: what a member may ask for. */
    private static final int SHORTEST_SESSION_MILLIS = 200;

    /** Milliseconds: what a member may ask for. */
    private static final int LONGEST_SESSION_MILLIS = 30_000;

    /** As many connections of one address as come: all come from this machine. */
    private static final int ANY_NUMBER = 0;

    private static final int DEFAULT_BACKLOG = -1;

    /** Milliseconds that each of the server's threads has to end; the slowest looks up once in a tick. */
    private static final long CLOSE_MILLIS = 10_000;

    private final DataFolder data;
    private final ThreadGroup threads = new ThreadGroup("fyercache-embedded-zookeeper");
    private final Thread atExit = new Thread(this::closeOnce, "fyercache-embedded-zookeeper-exit");
    private final ServerCnxnFactory connections;
    private final InetSocketAddress address;
    private boolean closed;

    private EmbeddedZooKeeper(DataFolder data, int port) throws IOException {
        this.data = data;
        this.connections = startIn(threads, data.path().toFile(), port);
        this.address = connections.getLocalAddress();
        Runtime.getRuntime().addShutdownHook(atExit);
        LOGGER.log(Level.INFO, "embedded ZooKeeper server at {0}, data in {1}", servers(), data.path());
    }

    /**
     * Starts a server on a port that is free. Its data is in a temporary folder, and goes when it is closed or the JVM ends.
     *
     * @throws IllegalStateException if a library is missing
     * @throws UncheckedIOException if the machine denies a folder or a port
     */
    public static EmbeddedZooKeeper start() {
        return start(null, ANY_PORT);
    }

    /**
     * Starts a server.
     *
     * @param folder where its data is and stays; made if it is missing, null for a temporary one. Each start leaves a snapshot and a log there
     *     more than before.
     * @param port 1..65,535, or {@link #ANY_PORT}
     * @throws IllegalArgumentException if the port is none
     * @throws IllegalStateException if another server has the folder, or a library is missing
     * @throws UncheckedIOException if the machine denies the folder or the port
     */
    public static EmbeddedZooKeeper start(@Nullable Path folder, int port) {
        if (port < ANY_PORT || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "port: " + port + " (expected: 1.." + LARGEST_PORT + ", or " + ANY_PORT + " for any that is free)");
        }
        require("com.codahale.metrics.Reservoir", "io.dropwizard.metrics:metrics-core");
        require("org.xerial.snappy.SnappyInputStream", "org.xerial.snappy:snappy-java");
        try {
            DataFolder data = folder == null ? DataFolder.temporary() : DataFolder.lasting(folder);
            try {
                return new EmbeddedZooKeeper(data, port);
            } catch (IOException | RuntimeException e) {
                data.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "embedded ZooKeeper server on port " + port + ", data in "
                            + (folder == null ? "a temporary folder" : folder)
                            + " (expected: a port that is free, and a folder to write to)",
                    e);
        }
    }

    private static void require(String type, String artefact) {
        try {
            Class.forName(type, false, EmbeddedZooKeeper.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "class " + type + ": missing (expected by ZooKeeper's server); add " + artefact
                            + " to the class path",
                    e);
        }
    }

    /** Starts the server by a thread of the group, so that all that it starts belong to it, too, and are daemons. */
    private static ServerCnxnFactory startIn(ThreadGroup threads, File folder, int port) throws IOException {
        FutureTask<ServerCnxnFactory> starting = new FutureTask<>(() -> startServer(folder, port));
        Thread starter = new Thread(threads, starting, "fyercache-embedded-zookeeper-start");
        starter.setDaemon(true);
        starter.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return starting.get();
                } catch (InterruptedException e) {
                    // Half a server could not be closed.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("embedded ZooKeeper server on port " + port + ": " + e.getCause(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ServerCnxnFactory startServer(File folder, int port) throws IOException, InterruptedException {
        NIOServerCnxnFactory factory = new NIOServerCnxnFactory();
        factory.configure(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANY_NUMBER, DEFAULT_BACKLOG, false);
        try {
            ZooKeeperServer server = new TidyServer(folder, TICK_MILLIS);
            server.setMinSessionTimeout(SHORTEST_SESSION_MILLIS);
            server.setMaxSessionTimeout(LONGEST_SESSION_MILLIS);
            factory.startup(server);
            return factory;
        } catch (IOException | InterruptedException | RuntimeException e) {
            factory.shutdown();
            throw e;
        }
    }

    /** Returns the port that it listens on. */
    public int port() {
        return address.getPort();
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /** Returns its address as settings take it, such as {@code 127.0.0.1:2181}. */
    public String servers() {
        return address.getAddress().getHostAddress() + ":" + port();
    }

    /** Ends the server, and waits for its threads. Closing it again does nothing. */
    @Override
    public void close() {
        closeOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOGGER.log(Level.DEBUG, "the JVM is ending, and finds the server closed", e);
        }
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        connections.shutdown();
        awaitThreads();
        try {
            data.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "data of an embedded ZooKeeper server is left in {0}: {1}", data.path(), e);
        }
    }

    private void awaitThreads() {
        Thread[] left = new Thread[threads.activeCount() + 1];
        int count = threads.enumerate(left);
        try {
            for (int i = 0; i < count; i++) {
                left[i].join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // They end by themselves.
        }
    }

    /** Names its address. */
    @Override
    public String toString() {
        return "EmbeddedZooKeeper at " + servers();
    }
}
