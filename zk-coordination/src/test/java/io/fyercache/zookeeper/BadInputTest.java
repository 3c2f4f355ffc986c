package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.sharded.engine.TooFewCopiesException;
import io.fyercache.sharded.node.CannotJoinException;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.sharded.transport.netty.Refusal;
import io.fyercache.testkit.port.ServerPorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application gets wrong about a cluster, on real sockets and a real server, and what it is told then. */
class BadInputTest extends OneServerTest {
    private static final long SEED = 20_261_127;

    @TempDir
    private Path folder;

    private UriProcesses processes;

    @BeforeEach
    void open() {
        processes = new UriProcesses(settings.servers(), settings.chroot());
    }

    @AfterEach
    void closeProcesses() {
        processes.close();
    }

    private String secret(String text) throws IOException {
        return "&secretFile=" + Files.writeString(folder.resolve(text.replace(' ', '-')), text);
    }

    @Test
    void wrongSecret_isToldToWhoComesWithIt_memberOrClient() throws IOException {
        CacheManager one = processes.open("name=one" + secret("the secret of this cluster"));

        for (String role : List.of("member", "client")) {
            processes
                    .assertRefused("name=guesser&role=" + role + secret("something else that is secret"))
                    .isInstanceOf(CannotJoinException.class)
                    .withMessageContaining(role + " 'guesser'")
                    .withMessageContaining("one#")
                    .withMessageContaining(
                            "does not accept the secret of this process (expected: the same secret in all"
                                    + " processes); compare secretFile")
                    .withMessageNotContaining("something else that");
        }
        assertThat(one.unwrap(ClusterStatus.class).refusedConnections()).containsKey(Refusal.WRONG_SECRET);
        LiveMembers.await("that nothing of them is left", () -> members().size() == 1);
    }

    private List<String> members() {
        try {
            return operator.getChildren(settings.chroot() + "/members", false);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noSecret_amongThoseWhoHaveOne_isTold() throws IOException {
        processes.open("name=one" + secret("the secret of this cluster"));

        processes
                .assertRefused("name=open&role=client")
                .isInstanceOf(CannotJoinException.class)
                .withMessageContaining("this process has no security")
                .withMessageContaining("compare secretFile");
    }

    @Test
    void memberWithTheSecret_isLetIn_whateverOthersHaveTried() throws IOException {
        CacheManager one = processes.open("name=one" + secret("the secret of this cluster"));
        processes.assertRefused("name=guesser" + secret("something else that is secret"));

        CacheManager two = processes.open("name=two" + secret("the secret of this cluster"));

        UriProcesses.numbers(one).put("key", 1);
        assertThat(UriProcesses.numbers(two).get("key")).isEqualTo(1);
    }

    @Test
    void memberOfALaterRelease_withoutAVersionInCommon_isThere_whoComesIsToldBothRanges() throws Exception {
        processes.open("name=founder").close();
        MemberDescription later = Witness.description("later", new ProtocolVersions(8, 9));
        operator.create(
                settings.chroot() + "/members/" + later.id(),
                TopologyForm.encode(later),
                ZooDefs.Ids.OPEN_ACL_UNSAFE,
                CreateMode.EPHEMERAL);

        processes
                .assertRefused("name=old")
                .isInstanceOf(CannotJoinException.class)
                .withMessageContaining("later")
                .withMessageContaining("8..9");
    }

    @Test
    void chrootThatEverybodyMayWriteTo_withCredentials_isRefused() throws Exception {
        operator.create(settings.chroot(), new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        Path user = Files.writeString(folder.resolve("user"), "orders:correct-horse-battery");

        for (String role : List.of("member", "client")) {
            processes
                    .assertRefused("role=" + role + "&userFile=" + user)
                    .isInstanceOf(CannotJoinException.class)
                    .withMessageContaining("access list of " + settings.chroot())
                    .withMessageContaining("nobody but the cluster's user may change it")
                    .withMessageContaining("choose another chroot")
                    .withMessageNotContaining("correct-horse");
        }
    }

    @Test
    void addressThatOthersReach_withoutSecurity_isRefused() {
        processes
                .assertRefused("bind=0.0.0.0:0&advertise=localhost")
                .withMessageContaining(
                        "bind: 0.0.0.0:0 with no security (expected: a loopback address, or secretFile, or the"
                                + " tls settings)");
    }

    @Test
    void hostThatIsNone_isRefused() {
        processes
                .assertRefused("bind=no.such.host.invalid:0")
                .withMessageContaining("bind: no.such.host.invalid:0 (expected: a host that can be looked up");
    }

    @Test
    void keyWithoutAStableEncoding_isRefused_andNamed() {
        Cache<Object, Integer> cache = processes
                .open("name=one")
                .createCache(
                        "anything", new MutableConfiguration<Object, Integer>().setTypes(Object.class, Integer.class));

        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> cache.put(List.of("a", "list"), 1))
                .withMessageContaining("cache 'anything': key: an object of class java.util.")
                .withMessageContaining("use a String, a number");
    }

    @Test
    void fewerMembersThanCopies_serve_andSayHowManyThereAre_unlessMoreAreAskedFor() {
        CacheManager eager = processes.open("name=one&backups=2");
        CacheManager careful = processes.open("name=two&role=client&backups=2&minInSync=2");
        Cache<String, Integer> numbers = UriProcesses.numbers(eager);
        numbers.put("key", 1);

        assertThat(numbers.get("key")).isEqualTo(1);
        assertThat(eager.unwrap(ClusterStatus.class).fewestCopies()).isEqualTo(1);
        Cache<String, Integer> refused = UriProcesses.numbers(careful);
        assertThatExceptionOfType(TooFewCopiesException.class)
                .isThrownBy(() -> refused.put("key", 2))
                .withMessageContaining("2");
        assertThat(refused.get("key")).isEqualTo(1);
    }

    @Test
    void garbledAndOversizedFrames_endTheirConnections_andNothingElse() throws IOException {
        int port = ServerPorts.next();
        CacheManager one = processes.open("name=one&bind=127.0.0.1:" + port);
        Cache<String, Integer> cache = UriProcesses.numbers(one);
        cache.put("key", 1);
        byte[] noise = new byte[4_000];
        new Random(SEED).nextBytes(noise);
        List<byte[]> nonsense = List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(1).array(),
                ByteBuffer.allocate(4_004).putInt(4_000).put(noise).array());

        for (byte[] bytes : nonsense) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(bytes);
                assertThat(isEnded(socket)).isTrue();
            }
        }

        assertThat(one.unwrap(ClusterStatus.class).refusedConnections())
                .containsOnly(Map.entry(Refusal.OVERSIZED, 2L), Map.entry(Refusal.GARBLED, 1L));
        Cache<String, Integer> ofClient = UriProcesses.numbers(processes.open("name=two&role=client"));
        assertThat(ofClient.get("key")).isEqualTo(1);
    }

    private static boolean isEnded(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true; // Reset: it did not want to read all that was sent.
        }
    }
}
