package io.fyercache.kafka;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.bus.contract.BusFixture;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A broker of Apache Kafka in KRaft mode, in a process of its own, that is killed when it is to stop, and keeps its log. */
final class KafkaFixture implements BusFixture {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder = Files.createTempDirectory("fyercache-kafka");
    private final int port = freePort();
    private final Path settings = folder.resolve("server.properties");
    private final Door door;
    private Process broker;

    /**
     * How the broker lets in.
     *
     * @param protocol of its listener
     * @param broker what its side of a connection is set to
     * @param client what the other side is set to
     */
    record Door(String protocol, List<String> broker, Map<String, String> client) {}

    /** Starts one that lets everybody in. */
    KafkaFixture() throws Exception {
        this(new Door("PLAINTEXT", List.of(), Map.of()));
    }

    /** Starts one that lets in by a door. */
    KafkaFixture(Door door) throws Exception {
        this.door = door;
        int controllerPort = freePort();
        List<String> lines = new ArrayList<>(door.broker());
        lines.addAll(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "listeners=CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=CLIENTS://127.0.0.1:" + port,
                "inter.broker.listener.name=CLIENTS",
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,CLIENTS:" + door.protocol(),
                "log.dirs=" + folder.resolve("logs"),
                "num.partitions=3",
                "offsets.topic.replication.factor=1"));
        Files.write(settings, lines);
        Process format =
                run("kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString());
        if (!format.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
            throw new IOException("the broker's folder could not be made; see " + output());
        }
        start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path output() {
        return Path.of("target", "kafka-broker.log");
    }

    private static Process run(String... mainAndArguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(mainAndArguments));
        File log = output().toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(door.client());
        client.putAll(
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "request.timeout.ms", 2_000, "max.block.ms", 30_000));
        return client;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public InvalidationBusProvider provider() {
        return new KafkaBusProvider();
    }

    @Override
    public URI address(String topic) {
        return URI.create("kafka://127.0.0.1:" + port + "/" + topic);
    }

    @Override
    public void publishForeign(String topic, byte[] message) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, null, message.length == 0 ? null : message))
                    .get();
        }
    }

    @Override
    public void stop() throws InterruptedException {
        broker.destroyForcibly();
        broker.waitFor();
    }

    @Override
    public void start() throws IOException {
        broker = run("kafka.Kafka", settings.toString());
        try (Admin admin = Admin.create(client())) {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> !admin.describeCluster()
                            .nodes()
                            .get(2, TimeUnit.SECONDS)
                            .isEmpty());
        }
    }

    @Override
    public void close() throws IOException {
        broker.destroyForcibly();
        try {
            broker.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(KafkaFixture::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
