package io.fyercache.zookeeper.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedZooKeeperTest {
    private static final int SESSION_MILLIS = 6_000;

    private static ZooKeeper connect(EmbeddedZooKeeper server) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper(server.servers(), SESSION_MILLIS, event -> connected.countDown());
        assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
        return client;
    }

    private static void create(EmbeddedZooKeeper server, String path) throws Exception {
        ZooKeeper client = connect(server);
        try {
            client.create(path, new byte[] {1}, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        } finally {
            client.close();
        }
    }

    private static boolean has(EmbeddedZooKeeper server, String path) throws Exception {
        ZooKeeper client = connect(server);
        try {
            return client.exists(path, false) != null;
        } finally {
            client.close();
        }
    }

    /** The folders of servers with temporary data. */
    private static List<Path> temporaryFolders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("fyercache-zookeeper-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void server_serves_onTheLoopbackAddressAlone() throws Exception {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            create(server, "/a");

            assertThat(has(server, "/a")).isTrue();
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(server.servers()).endsWith(":" + server.port());
        }
    }

    @Test
    void serversSideBySide_haveNothingInCommon() throws Exception {
        try (EmbeddedZooKeeper one = EmbeddedZooKeeper.start();
                EmbeddedZooKeeper other = EmbeddedZooKeeper.start()) {
            create(one, "/a");

            assertThat(other.port()).isNotEqualTo(one.port());
            assertThat(has(other, "/a")).isFalse();
        }
    }

    @Test
    void close_leavesNoThreadAndNoFile() throws Exception {
        List<Path> folders = temporaryFolders();
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        for (int round = 0; round < 3; round++) {
            EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
            assertThat(temporaryFolders()).hasSize(folders.size() + 1);
            create(server, "/a");
            server.close();
            server.close();
        }

        assertThat(temporaryFolders()).isEqualTo(folders);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
                .extracting(Thread::getName)
                .allMatch(name -> name.endsWith("-EventThread")); // Of a client, which does not wait for it.
    }

    @Test
    void dataInAFolder_isThereAgain_onTheSamePort(@TempDir Path folder) throws Exception {
        int port;
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder.resolve("data"), EmbeddedZooKeeper.ANY_PORT)) {
            port = server.port();
            create(server, "/a");
        }

        try (EmbeddedZooKeeper again = EmbeddedZooKeeper.start(folder.resolve("data"), port)) {
            assertThat(again.port()).isEqualTo(port);
            assertThat(has(again, "/a")).isTrue();
        }
    }

    @Test
    void folderOfAnotherServer_isRefused(@TempDir Path folder) {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder, EmbeddedZooKeeper.ANY_PORT)) {
            assertThat(server.port()).isPositive();

            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedZooKeeper.start(folder, EmbeddedZooKeeper.ANY_PORT))
                    .withMessageContaining(folder.toString())
                    .withMessageContaining("another server");
        }
    }

    @Test
    void portInUse_isRefused_andLeavesNothing() throws Exception {
        List<Path> folders = temporaryFolders();
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> EmbeddedZooKeeper.start(null, server.port()))
                    .withMessageContaining("port " + server.port());
        }
        assertThat(temporaryFolders()).isEqualTo(folders);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedZooKeeper.start(null, 65_536))
                .withMessageContaining("port: 65536");
    }

    /** In a JVM of its own: ZooKeeper reads once which words are answered, and other tests of this JVM want all of them. */
    @Test
    void fourLetterWords_areNotAnswered() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedZooKeeperTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            int port = Integer.parseInt(output.readLine());
            for (String word : List.of("ruok", "stat", "conf", "envi", "dump", "mntr", "wchs", "crst")) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));

                    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                            .contains("not executed");
                }
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a server, says at which port, and goes on until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            System.out.println(server.port());
            int unused = System.in.read();
        }
    }
}
