package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.contestant.Companion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A companion of members, on loopback: a ZooKeeper server, as one is started by ZooKeeper's own script, or a database. */
final class CompanionProcess implements AutoCloseable {
    private static final String ZOOKEEPER = "org.apache.zookeeper.server.ZooKeeperServerMain";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    /** What it does besides serving clients is off; all else is as by default. */
    private static final String CONFIGURATION_OF_ZOOKEEPER = """
            dataDir=%s
            clientPortAddress=127.0.0.1
            clientPort=%d
            admin.enableServer=false
            """;

    private final StartedProcesses processes;
    private final Process process;
    private final int port;

    private CompanionProcess(StartedProcesses processes, Process process, int port) {
        this.processes = processes;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one, and waits until it takes connections.
     *
     * @param directory an existing one, for its data, its configuration and its log
     * @throws ClusterFailure if it does not come up
     * @throws IOException if it cannot be started
     */
    static CompanionProcess start(StartedProcesses processes, Companion companion, Path directory)
            throws ClusterFailure, IOException, InterruptedException {
        int port = FreePorts.of(1).get(0);
        String name = companion.name().toLowerCase(Locale.ROOT);
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(program(companion, port, directory));
        Process process = processes.start(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile()));
        CompanionProcess started = new CompanionProcess(processes, process, port);
        long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
        while (!started.takesConnections()) {
            if (!process.isAlive() || System.nanoTime() - deadlineNanos > 0) {
                started.close();
                throw new ClusterFailure("%s does not start, see %s".formatted(name, log));
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return started;
    }

    /** The main class, with its arguments, and options of the JVM before it. */
    private static List<String> program(Companion companion, int port, Path directory) throws IOException {
        return switch (companion) {
            case DATABASE ->
                List.of(
                        "-Dh2.bindAddress=127.0.0.1",
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        Integer.toString(port),
                        // Each cluster has one of its own, which nobody has made before.
                        "-ifNotExists");
            case ZOOKEEPER -> {
                Path configuration = directory.resolve("zookeeper.cfg");
                Files.writeString(
                        configuration, CONFIGURATION_OF_ZOOKEEPER.formatted(directory.resolve("zookeeper"), port));
                yield List.of(ZOOKEEPER, configuration.toString());
            }
        };
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
