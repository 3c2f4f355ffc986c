package io.fyercache.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A ZooKeeper server, as one is started by ZooKeeper's own script, on loopback. */
final class ZooKeeperProcess implements AutoCloseable {
    private static final String MAIN = "org.apache.zookeeper.server.ZooKeeperServerMain";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    /** What it does besides serving clients is off; all else is as by default. */
    private static final String CONFIGURATION = """
            dataDir=%s
            clientPortAddress=127.0.0.1
            clientPort=%d
            admin.enableServer=false
            """;

    private final StartedProcesses processes;
    private final Process process;
    private final int port;

    private ZooKeeperProcess(StartedProcesses processes, Process process, int port) {
        this.processes = processes;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server, and waits until it takes connections.
     *
     * @param directory an existing one, for its data, its configuration and its log
     * @throws ClusterFailure if it does not come up
     * @throws IOException if it cannot be started
     */
    static ZooKeeperProcess start(StartedProcesses processes, Path directory)
            throws ClusterFailure, IOException, InterruptedException {
        int port = FreePorts.of(1).get(0);
        Path configuration = directory.resolve("zookeeper.cfg");
        Files.writeString(configuration, CONFIGURATION.formatted(directory.resolve("zookeeper"), port));
        Path log = directory.resolve("zookeeper.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                configuration.toString());
        Process process = processes.start(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        ZooKeeperProcess started = new ZooKeeperProcess(processes, process, port);
        long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
        while (!started.takesConnections()) {
            if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
                started.close();
                throw new ClusterFailure("ZooKeeper does not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return started;
    }

    private boolean takesConnections() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) POLL.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Ends the process; what it holds is not wanted any more. */
    @Override
    public void close() {
        processes.kill(process);
    }
}
