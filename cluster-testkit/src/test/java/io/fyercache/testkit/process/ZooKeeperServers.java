package io.fyercache.testkit.process;

import io.fyercache.testkit.port.ServerPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;
import org.awaitility.Awaitility;

/** A ZooKeeper ensemble of processes on loopback, as ZooKeeper's own script starts them. For one thread. */
final class ZooKeeperServers implements AutoCloseable {
    /** Milliseconds that a question may take to be answered. */
    private static final int ANSWER_MILLIS = 1_000;

    private static final Duration POLL = Duration.ofMillis(20);

    /** What a server does besides serving is off. A tick is short, so that an ensemble that was down elects soon. */
    private static final String CONFIGURATION = """
            dataDir=%s
            clientPortAddress=127.0.0.1
            clientPort=%d
            tickTime=500
            initLimit=20
            syncLimit=10
            maxClientCnxns=0
            admin.enableServer=false
            4lw.commands.whitelist=srvr,mntr
            """;

    /** It says nothing of its own when it is ready; {@link #awaitServing} asks. */
    private static final String NO_LINE = "";

    private static final List<String> OPTIONS = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dzookeeper.jmx.log4j.disable=true",
            "-Djava.net.preferIPv4Stack=true");

    private final List<Server> servers = new ArrayList<>();

    private static final class Server {
        private final int port = ServerPorts.next();
        private final int quorumPort = ServerPorts.next();
        private final int electionPort = ServerPorts.next();
        private final Path configuration;
        private ChildJvm jvm;

        Server(Path folder) {
            configuration = folder.resolve("zoo.cfg");
        }

        void start() {
            jvm = ChildJvm.start(
                    "ZooKeeper server", NO_LINE, OPTIONS, QuorumPeerMain.class, List.of(configuration.toString()));
        }

        String ask(String word) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
                socket.setSoTimeout(ANSWER_MILLIS);
                socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                return ""; // It does not run, or not yet.
            }
        }

        boolean is(String mode) {
            return ask("srvr").contains("Mode: " + mode);
        }

        boolean serves() {
            return ask("srvr").contains("Mode: ");
        }
    }

    private ZooKeeperServers() {}

    /**
     * Starts an ensemble, and waits until it serves.
     *
     * @param folder an existing one, for its data
     * @param count 1 for a server by itself, or 3
     */
    static ZooKeeperServers start(Path folder, int count) {
        ZooKeeperServers ensemble = new ZooKeeperServers();
        try {
            for (int number = 1; number <= count; number++) {
                ensemble.servers.add(new Server(Files.createDirectories(folder.resolve("zookeeper-" + number))));
            }
            ensemble.configure();
            ensemble.servers.forEach(Server::start);
            ensemble.awaitServing();
            return ensemble;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            ensemble.close();
            throw e;
        }
    }

    private void configure() throws IOException {
        String peers = servers.size() == 1
                ? ""
                : IntStream.rangeClosed(1, servers.size())
                        .mapToObj(number -> "server." + number + "=127.0.0.1:" + servers.get(number - 1).quorumPort
                                + ":" + servers.get(number - 1).electionPort + "\n")
                        .collect(Collectors.joining());
        for (int number = 1; number <= servers.size(); number++) {
            Server server = servers.get(number - 1);
            Path data = Files.createDirectories(server.configuration.resolveSibling("data"));
            Files.writeString(data.resolve("myid"), Integer.toString(number));
            Files.writeString(server.configuration, CONFIGURATION.formatted(data, server.port) + peers);
        }
    }

    /** Where clients connect to, as settings take it. */
    String addresses() {
        return servers.stream().map(server -> "127.0.0.1:" + server.port).collect(Collectors.joining(","));
    }

    int count() {
        return servers.size();
    }

    /** Waits until all servers that run serve. */
    void awaitServing() {
        Awaitility.await("ZooKeeper to serve")
                .atMost(ChildJvm.PATIENCE)
                .pollInterval(POLL)
                .until(() -> servers.stream().allMatch(server -> !server.jvm.isAlive() || server.serves()));
    }

    /** Returns the number of the server that leads. */
    int leader() {
        return IntStream.range(0, servers.size())
                .filter(number -> servers.get(number).is("leader"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("ZooKeeper: nobody leads (expected: one of all)"));
    }

    /** Kills a server. */
    void kill(int number) {
        servers.get(number).jvm.kill();
    }

    /** Kills all servers. */
    void killAll() {
        servers.forEach(server -> server.jvm.kill());
    }

    /** Starts those again that do not run, at the same places, without waiting for them. */
    void startAgain() {
        servers.stream().filter(server -> !server.jvm.isAlive()).forEach(Server::start);
    }

    /** Returns how many requests the servers have received from their clients since they were started, pings included. */
    long requests() {
        return servers.stream()
                .flatMap(server -> Arrays.stream(server.ask("mntr").split("\n")))
                .filter(line -> line.startsWith("zk_packets_received"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf('\t') + 1).strip()))
                .sum();
    }

    @Override
    public void close() {
        servers.stream().filter(server -> server.jvm != null).forEach(server -> server.jvm.close());
    }
}
