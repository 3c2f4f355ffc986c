package io.fyercache.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.management.access.TokenFile;
import io.fyercache.management.certificate.PemStore;
import io.fyercache.management.certificate.TlsFiles;
import io.fyercache.node.doctor.Finding.Severity;
import io.fyercache.sharded.transport.netty.TestAuthority;
import io.fyercache.zookeeper.ClusterPlace;
import io.fyercache.zookeeper.PlaceLook;
import io.fyercache.zookeeper.ServerAnswer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check finds its fault, and finds nothing where there is none. */
class ChecksTest {
    @TempDir
    private Path folder;

    private static void assertFinds(Check check, Severity severity, String text) {
        Finding finding = check.examine();
        assertThat(finding.severity()).as("%s", finding).isEqualTo(severity);
        assertThat(finding.text()).contains(text);
        assertThat(finding.remedy().isEmpty()).as("%s", finding).isEqualTo(severity == Severity.GOOD);
    }

    private Path file(String name, String text, String mode) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    // ---- ZooKeeper

    private static PlaceLook look(String uri) throws Exception {
        return ClusterPlace.of(URI.create(uri)).look().orElseThrow();
    }

    @Test
    void server_isThereOrNot() throws Exception {
        try (TestingServer zooKeeper = new TestingServer()) {
            String uri = "zk://" + zooKeeper.getConnectString() + ",127.0.0.1:1/orders";
            ServerAnswer[] answers = ClusterPlace.of(URI.create(uri)).ask().toArray(ServerAnswer[]::new);

            assertFinds(new ServerCheck(answers[0]), Severity.GOOD, "is of version 3.9.");
            assertFinds(new ServerCheck(answers[1]), Severity.FAULT, "cannot be reached");
            assertThat(answers).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"3.9.3, FAULT", "3.5.10, FAULT", "2.99.0, FAULT", "3.6.0, GOOD", "3.9.5, GOOD", "3.10.0, GOOD"})
    void server_isOfAVersionThatCanBeUsed(String version, Severity severity) {
        assertFinds(
                new ServerCheck(new ServerAnswer("one:2181", Optional.empty(), Optional.of(version), true)),
                severity,
                version);
    }

    @Test
    void server_withoutALeader_servesNobody() {
        assertFinds(
                new ServerCheck(new ServerAnswer("one:2181", Optional.empty(), Optional.empty(), false)),
                Severity.FAULT,
                "serves nobody");
    }

    @Test
    void place_isLookedAtAsAProcessWould_andNothingStaysThere() throws Exception {
        Path user = file("user", "orders:secret", "rw-------");
        Path stranger = file("stranger", "somebody:else", "rw-------");
        try (TestingServer zooKeeper = new TestingServer()) {
            ZooKeeper client = new ZooKeeper(zooKeeper.getConnectString(), 10_000, event -> {});
            String uri = "zk://" + zooKeeper.getConnectString();
            client.create("/open", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            client.addAuthInfo("digest", Files.readAllBytes(user));
            client.create("/own", new byte[0], ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);

            assertFinds(
                    new AccessListCheck(look(uri + "/open?userFile=" + user)), Severity.FAULT, "access list of /open");
            assertFinds(new AccessListCheck(look(uri + "/own?userFile=" + stranger)), Severity.FAULT, "not permitted");
            assertFinds(new AccessListCheck(look(uri + "/none/orders")), Severity.FAULT, "whose parent is there");
            assertFinds(new AccessListCheck(look(uri + "/none")), Severity.GOOD, "is not there yet");
            assertFinds(
                    new AccessListCheck(look("zk://127.0.0.1:1/orders?joinTimeout=1ms")),
                    Severity.FAULT,
                    "none of which has answered");
            PlaceLook own = look(uri + "/own?userFile=" + user);
            assertFinds(new AccessListCheck(own), Severity.GOOD, "/own is there");
            assertFinds(new ClockCheck(own.clockAhead().orElseThrow()), Severity.GOOD, "ZooKeeper's");
            assertThat(client.getChildren("/own", false)).isEmpty();
            assertThat(client.exists("/none", false)).isNull();
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"-5000, FAULT, ahead of", "5000, FAULT, behind", "501, DOUBTFUL, behind", "500, GOOD, behind"})
    void clock_goesAsZooKeepers(long millis, Severity severity, String text) {
        assertFinds(new ClockCheck(Duration.ofMillis(millis)), severity, text);
    }

    @Test
    void cluster_thatOthersReach_isProtectedInZooKeeperToo() throws Exception {
        Path secret = file("secret", "x".repeat(32), "rw-------");
        Path user = file("user", "orders:secret", "rw-------");
        String uri = "zk://one:2181/orders?bind=0.0.0.0:7000&advertise=one&secretFile=" + secret;

        assertFinds(
                new StrangersCheck(ClusterPlace.of(URI.create(uri))),
                Severity.DOUBTFUL,
                "everybody who reaches ZooKeeper");
        assertFinds(
                new StrangersCheck(ClusterPlace.of(URI.create(uri + "&userFile=" + user))),
                Severity.GOOD,
                "nobody else");
        assertFinds(
                new StrangersCheck(ClusterPlace.of(URI.create("zk://one:2181/orders"))), Severity.GOOD, "this machine");
    }

    // ---- this machine

    @Test
    void port_isFreeOrTaken() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
            assertFinds(
                    new PortCheck("bind", new InetSocketAddress(loopback, taken.getLocalPort())),
                    Severity.FAULT,
                    "a port that is free");
        }
        assertFinds(
                new PortCheck("bind", new InetSocketAddress("192.0.2.1", 0)),
                Severity.FAULT,
                "an address of this machine");
        assertFinds(new PortCheck("bind", new InetSocketAddress(loopback, 0)), Severity.GOOD, "can be listened at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------"})
    void secret_isForItsOwnerAlone(String mode) throws Exception {
        assertFinds(new SecretFileCheck("secretFile", file("open", "x", mode)), Severity.FAULT, mode);
        assertFinds(new SecretFileCheck("secretFile", file("own", "x", "r--------")), Severity.GOOD, "its owner alone");
        assertFinds(new SecretFileCheck("secretFile", folder.resolve("none")), Severity.FAULT, "cannot be looked at");
    }

    @Test
    void secondSecret_isDoubtful_asLongAsItIsAccepted() throws Exception {
        Path one = file("one", "x".repeat(32), "rw-------");
        Path two = file("two", "y".repeat(32), "rw-------");
        URI changing =
                URI.create("zk://127.0.0.1:1/orders?joinTimeout=1ms&secretFile=" + one + "&acceptedSecretFile=" + two);
        URI changed = URI.create("zk://127.0.0.1:1/orders?joinTimeout=1ms&secretFile=" + one);

        assertThat(doubts(changing)).containsExactly("acceptedSecretFile");
        assertThat(doubts(changed)).isEmpty();
        Files.setPosixFilePermissions(two, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(examine(changing)).anySatisfy(finding -> {
            assertThat(finding.about()).isEqualTo("acceptedSecretFile");
            assertThat(finding.severity()).isEqualTo(Severity.FAULT);
        });
    }

    private static List<Finding> examine(URI cluster) throws InterruptedException {
        return new Doctor(
                        cluster,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.empty(),
                        Optional.empty())
                .examine();
    }

    private static List<String> doubts(URI cluster) throws InterruptedException {
        return examine(cluster).stream()
                .filter(finding -> finding.severity() == Severity.DOUBTFUL)
                .map(Finding::about)
                .toList();
    }

    // ---- certificates

    /** Later than when the certificates are made. */
    private final Instant now = Instant.now().plus(1, ChronoUnit.HOURS);

    private TestAuthority authority() {
        TestAuthority authority = new TestAuthority(folder);
        authority.found("authority");
        authority.found("stranger");
        authority.sign("authority", "node", "ip:127.0.0.1");
        authority.sign("authority", "other", "ip:127.0.0.1");
        return authority;
    }

    private static CertificateCheck pem(Path chain, Path key, Path password, Instant now, Path... believed) {
        TlsFiles files = new TlsFiles(chain, key, Optional.of(password));
        return new CertificateCheck(
                "tlsCertificateFile",
                () -> PemStore.read(files).chain(),
                () -> believed.length == 0 ? List.of() : PemStore.authorities(believed[0]),
                now);
    }

    @Test
    void certificate_isThatOfItsKey_inOrder_andBelieved() throws Exception {
        TestAuthority authority = authority();
        Path chain = authority.writeChain("node");
        Path key = authority.writeEncryptedKey("node");
        Path password = authority.writePassword();

        assertFinds(
                pem(chain, key, password, now, authority.writeAuthority("authority")), Severity.GOOD, "and believed");
        assertFinds(pem(chain, key, password, now), Severity.GOOD, "CN=authority");
        assertFinds(
                pem(chain, key, password, now, authority.writeAuthority("stranger")),
                Severity.FAULT,
                "do not vouch for its own certificate");
        assertFinds(
                pem(chain, authority.writeEncryptedKey("other"), password, now),
                Severity.FAULT,
                "is the key of another certificate");
        assertFinds(
                pem(folder.resolve("none"), key, password, now), Severity.FAULT, "none has no certificate (expected");
        String both = Files.readString(authority.writeAuthority("node"))
                + Files.readString(authority.writeAuthority("stranger"));
        assertFinds(
                pem(file("gap.pem", both, "rw-------"), key, password, now),
                Severity.FAULT,
                "certificate 2, of CN=stranger, does not vouch for the one before it, of CN=node");
    }

    @Test
    void certificate_thatEndsSoon_isDoubtful_andOneThatHasEndedAFault() {
        TestAuthority authority = authority();
        Path chain = authority.writeChain("node");
        Path key = authority.writeEncryptedKey("node");
        Path password = authority.writePassword();

        // The authority's lives for 10 days.
        assertFinds(pem(chain, key, password, now.plus(6, ChronoUnit.DAYS)), Severity.GOOD, "CN=authority");
        assertFinds(
                pem(chain, key, password, now.plus(7, ChronoUnit.DAYS)),
                Severity.DOUBTFUL,
                "certificate of CN=authority, valid until");
        assertFinds(pem(chain, key, password, now.plus(11, ChronoUnit.DAYS)), Severity.FAULT, "valid now");
    }

    @Test
    void certificatesOfACluster_areThoseOfItsFiles_orOfItsStores() throws Exception {
        TestAuthority authority = authority();
        Path password = authority.writePassword();
        String stores = "zk://127.0.0.1:1/orders?tlsKeyStore=" + authority.writeKeyStore("node")
                + "&tlsKeyPasswordFile=" + password + "&tlsTrustStore=" + authority.writeTrustStore("stranger")
                + "&tlsTrustPasswordFile=" + password;
        String files = "zk://127.0.0.1:1/orders?tlsCertificateFile=" + authority.writeChain("node") + "&tlsKeyFile="
                + authority.writeEncryptedKey("node") + "&tlsKeyPasswordFile=" + password + "&tlsAuthorityFile="
                + authority.writeAuthority("authority");

        assertFinds(
                Doctor.check(ClusterPlace.of(URI.create(stores)).tls().orElseThrow()),
                Severity.FAULT,
                "do not vouch for its own certificate");
        assertFinds(
                Doctor.check(ClusterPlace.of(URI.create(files)).tls().orElseThrow()), Severity.GOOD, "and believed");
        assertThat(ClusterPlace.of(URI.create("zk://127.0.0.1:1/orders")).tls()).isEmpty();
    }

    @Test
    void tokens_areThere_orCanBeMade() throws Exception {
        Path missing = folder.resolve("tokens");
        assertFinds(new TokenFileCheck(missing), Severity.GOOD, "makes it");
        assertThat(missing).doesNotExist();
        assertFinds(new TokenFileCheck(folder.resolve("none").resolve("tokens")), Severity.FAULT, "cannot be made");
        TokenFile.open(missing);
        assertFinds(new TokenFileCheck(missing), Severity.GOOD, "3 tokens");
        assertFinds(
                new TokenFileCheck(file("wrong", "read reader short", "rw-------")),
                Severity.FAULT,
                "a token of 5 characters");
    }
}
