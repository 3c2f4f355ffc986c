package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.sharded.transport.netty.TestAuthority;
import io.fyercache.testkit.port.ServerPorts;
import io.fyercache.zookeeper.LiveMembers.Joined;
import io.fyercache.zookeeper.ZooKeeperTls.Store;
import io.fyercache.zookeeper.life.JoinFailure;
import io.fyercache.zookeeper.life.JoinFailure.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.auth.ProviderRegistry;
import org.apache.zookeeper.server.auth.X509AuthenticationProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members and clients of a real server that speaks TLS, and asks for their certificates. */
class TlsTest {
    private static final int TICK_MILLIS = 300;
    private static final String NAME = "localhost";
    private static final String ADDRESS = "127.0.0.1";
    private static final String KEY_STORE = "zookeeper.ssl.keyStore.location";
    private static final String X509_PROVIDER = "zookeeper.authProvider.x509";

    /** Long enough for a handshake that works, on a busy machine; what fails is given up after it. */
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(3);

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static Path password;
    private static ServerCnxnFactory server;
    private static Map<String, String> before;

    private final List<ServerCnxnFactory> others = new ArrayList<>();
    private LiveMembers members;

    @BeforeAll
    static void startServer() throws Exception {
        authority = new TestAuthority(folder);
        authority.found("authority");
        authority.found("stranger");
        authority.sign("authority", "server", "dns:" + NAME);
        authority.sign("authority", "numbered", "ip:" + ADDRESS);
        authority.sign("authority", "elsewhere", "dns:elsewhere");
        authority.sign("authority", "member", "dns:member");
        authority.sign("stranger", "intruder", "dns:member");
        password = authority.writePassword();
        before = set(Map.of(
                ServerCnxnFactory.ZOOKEEPER_SERVER_CNXN_FACTORY,
                "org.apache.zookeeper.server.NettyServerCnxnFactory",
                "zookeeper.ssl.keyStore.passwordPath",
                password.toString(),
                "zookeeper.ssl.trustStore.location",
                authority.writeTrustStore("authority").toString(),
                "zookeeper.ssl.trustStore.passwordPath",
                password.toString(),
                KEY_STORE,
                authority.writeKeyStore("server").toString(),
                X509_PROVIDER,
                X509AuthenticationProvider.class.getName()));
        // What ZooKeeper's main classes do for a secure port. Whoever else has a server in this JVM has read the
        // others.
        ProviderRegistry.addOrUpdateProvider(X509_PROVIDER);
        server = start("server");
    }

    /** ZooKeeper's server is told by system properties alone. */
    private static Map<String, String> set(Map<String, String> properties) {
        Map<String, String> old = new TreeMap<>();
        properties.forEach((name, value) -> {
            String was = System.setProperty(name, value);
            old.put(name, was == null ? "" : was);
        });
        return old;
    }

    /** Starts a server that shows a certificate. */
    private static ServerCnxnFactory start(String certificate) throws Exception {
        show(certificate);
        ServerCnxnFactory secure = ServerCnxnFactory.createFactory();
        secure.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerPorts.next()), 0, -1, true);
        Path data = Files.createDirectory(folder.resolve("data of " + certificate));
        secure.startup(new ZooKeeperServer(data.toFile(), data.toFile(), TICK_MILLIS));
        return secure;
    }

    private ServerCnxnFactory startAnother(String certificate) throws Exception {
        ServerCnxnFactory another = start(certificate);
        others.add(another);
        return another;
    }

    /** Servers read at each connection what they are to show. */
    private static void show(String certificate) {
        System.setProperty(KEY_STORE, authority.writeKeyStore(certificate).toString());
    }

    @AfterAll
    static void stopServer() {
        server.shutdown();
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @BeforeEach
    void begin() {
        members = new LiveMembers(null, settings(tls("authority", "member")));
    }

    @AfterEach
    void end() {
        members.close();
        others.forEach(ServerCnxnFactory::shutdown);
        show("server");
    }

    private static ZooKeeperSettings settings(ZooKeeperTls tls) {
        return settings(NAME, server, tls);
    }

    private static ZooKeeperSettings settings(String host, ServerCnxnFactory at, ZooKeeperTls tls) {
        return ZooKeeperSettings.of(host + ":" + at.getLocalPort(), "/cluster")
                .within(ZooKeeperSettings.DEFAULT_SESSION_TIMEOUT, JOIN_TIMEOUT)
                .with(tls);
    }

    private static ZooKeeperTls tls(String believed, String own) {
        return new ZooKeeperTls(
                new Store(authority.writeTrustStore(believed), password),
                new Store(authority.writeKeyStore(own), password));
    }

    private JoinFailure failure(ZooKeeperSettings how) {
        Joined joined = members.attempt(how, Witness.description(), new Witness());
        assertThat(joined.failure()).isNotNull();
        return joined.failure();
    }

    @Test
    void memberAndClient_whoAreBelieved_areConnected() {
        Witness witness = new Witness();
        ZooKeeperSettings how = settings(tls("authority", "member"));

        assertThat(members.attempt(how, Witness.description(), new Witness()).failure())
                .isNull();
        assertThat(members.attempt(how, witness, why -> {}).failure()).isNull();

        LiveMembers.await("members", () -> !witness.present().members().isEmpty());
    }

    @Test
    void serverOfAnotherAuthority_isNotBelieved_andThatIsSaid() {
        JoinFailure why = failure(settings(tls("stranger", "member")));

        assertThat(why.reason()).isEqualTo(Reason.TLS_FAILED);
        assertThat(why.message()).contains("localhost:" + server.getLocalPort(), "certificat");
    }

    @Test
    void certificateThatNamesAnotherHost_isNotBelieved_andThatIsSaid() throws Exception {
        ServerCnxnFactory elsewhere = startAnother("elsewhere");

        JoinFailure why = failure(settings(NAME, elsewhere, tls("authority", "member")));

        assertThat(why.reason()).isEqualTo(Reason.TLS_FAILED);
        assertThat(why.message()).contains("localhost:" + elsewhere.getLocalPort(), "DNS name matching localhost");
    }

    @Test
    void addressThatTheCertificateNames_isBelieved() throws Exception {
        ServerCnxnFactory numbered = startAnother("numbered");
        ZooKeeperSettings how = settings(ADDRESS, numbered, tls("authority", "member"));

        assertThat(members.attempt(how, Witness.description(), new Witness()).failure())
                .isNull();
    }

    @Test
    void addressOfAHostThatTheCertificateNames_isNotBelieved_asItsNameIsLookedUp() {
        JoinFailure why = failure(settings(ADDRESS, server, tls("authority", "member")));

        assertThat(why.reason()).isEqualTo(Reason.TLS_FAILED);
        assertThat(why.message()).contains(ADDRESS + ":" + server.getLocalPort(), "alternative names");
    }

    @Test
    void memberOfAnotherAuthority_isNotBelieved_andThatIsSaid() {
        JoinFailure why = failure(settings(tls("authority", "intruder")));

        assertThat(why.reason()).isEqualTo(Reason.TLS_FAILED);
    }

    @Test
    void memberWithoutCertificate_isRefused_whateverTheSystemPropertiesSay() {
        ZooKeeperTls none = new ZooKeeperTls(new Store(authority.writeTrustStore("authority"), password), null);

        assertThat(failure(settings(none)).reason()).isEqualTo(Reason.TLS_FAILED);
    }

    @Test
    void wrongPassword_isRefusedAtOnce_withoutTellingIt() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "a-wrong-secret");
        Path store = authority.writeTrustStore("authority");

        JoinFailure why = failure(settings(new ZooKeeperTls(new Store(store, wrong), null)));

        assertThat(why.message()).contains(store.toString(), wrong.toString()).doesNotContain("a-wrong-secret");
    }

    @Test
    void settings_tellNoPassword() {
        assertThat(List.of(settings(tls("authority", "member")).toString()))
                .noneMatch(text -> text.contains(TestAuthority.password()))
                .allMatch(text -> text.contains(password.toString()));
    }

    @Test
    void storeWhoseNameDoesNotSayWhatItIs_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Store(Path.of("/etc/trust.txt"), password))
                .withMessageContaining("/etc/trust.txt")
                .withMessageContaining(".p12");
    }
}
