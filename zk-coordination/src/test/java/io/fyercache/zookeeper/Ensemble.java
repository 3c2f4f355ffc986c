package io.fyercache.zookeeper;

import io.fyercache.testkit.port.ServerPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.apache.curator.test.TestingZooKeeperServer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/** A real ensemble in this JVM, and a client of it that knows the truth. */
final class Ensemble implements AutoCloseable {
    /** Milliseconds: short, so that sessions of a second are permitted, and long enough for a machine that is busy. */
    private static final int TICK_MILLIS = 300;

    private static final int PATIENCE_SECONDS = 60;

    private final TestingCluster cluster;
    private final AtomicInteger clusters = new AtomicInteger();

    Ensemble(int servers) {
        List<InstanceSpec> specs = new ArrayList<>();
        for (int server = 1; server <= servers; server++) {
            // 0: as many connections as there are; all come from one address.
            specs.add(new InstanceSpec(
                    null,
                    ServerPorts.next(),
                    ServerPorts.next(),
                    ServerPorts.next(),
                    true,
                    server,
                    TICK_MILLIS,
                    0,
                    Map.of(),
                    "127.0.0.1"));
        }
        cluster = new TestingCluster(specs);
        try {
            cluster.start();
        } catch (Exception e) {
            throw new IllegalStateException("no ensemble of " + servers, e);
        }
    }

    /** Returns a chroot where no cluster is. */
    String newChroot() {
        return "/cluster-" + clusters.incrementAndGet();
    }

    String servers() {
        return addresses().stream()
                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .collect(Collectors.joining(","));
    }

    List<InetSocketAddress> addresses() {
        return cluster.getServers().stream()
                .map(server -> new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()))
                .toList();
    }

    /** Opens a session of its own. */
    ZooKeeper client() {
        return connect(null);
    }

    /** Opens another connection of a session, which takes it from whoever had it. */
    ZooKeeper takeOver(ZooKeeper other) {
        return connect(other);
    }

    private ZooKeeper connect(ZooKeeper other) {
        CountDownLatch connected = new CountDownLatch(1);
        int timeout = (int) Duration.ofSeconds(6).toMillis();
        try {
            ZooKeeper client = other == null
                    ? new ZooKeeper(servers(), timeout, event -> connected.countDown())
                    : new ZooKeeper(
                            servers(),
                            timeout,
                            event -> connected.countDown(),
                            other.getSessionId(),
                            other.getSessionPasswd());
            if (!connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("ensemble: not reached within " + PATIENCE_SECONDS + " s");
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends a session as the ensemble does when it has heard nothing for too long. */
    void expire(ZooKeeper session) {
        try {
            takeOver(session).close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the paths of all znodes below a path, itself included, each behind its parent. */
    static List<String> tree(ZooKeeper client, String path) throws InterruptedException, KeeperException {
        List<String> paths = new ArrayList<>(List.of(path));
        for (String child : client.getChildren(path, false)) {
            paths.addAll(tree(client, path + "/" + child));
        }
        return paths;
    }

    void stop() throws IOException {
        cluster.stop();
    }

    /** Restarts the leader, so that there is another, or the same with another epoch. */
    void loseLeader() throws Exception {
        for (TestingZooKeeperServer server : cluster.getServers()) {
            if (says(server.getLocalPort(), "srvr").contains("Mode: leader")) {
                server.restart();
                return;
            }
        }
        throw new IllegalStateException("ensemble: no leader (expected: one)");
    }

    private static String says(int port, String word) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    void restart() throws Exception {
        for (TestingZooKeeperServer server : cluster.getServers()) {
            server.restart();
        }
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
