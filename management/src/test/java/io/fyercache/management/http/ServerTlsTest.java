package io.fyercache.management.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Exposure;
import io.fyercache.management.Management;
import io.fyercache.management.ManagementSettings;
import io.fyercache.management.certificate.TlsFiles;
import io.fyercache.sharded.transport.netty.SlowTlsCallers;
import io.fyercache.sharded.transport.netty.TestAuthority;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked by TLS. */
class ServerTlsTest {
    @TempDir
    private static Path shared;

    private static TestAuthority authority;
    private static Path password;

    @TempDir
    private Path folder;

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private TlsFiles files;

    @BeforeAll
    static void sign() {
        authority = new TestAuthority(shared);
        authority.found("authority");
        authority.found("stranger");
        for (String name : new String[] {"first", "second"}) {
            authority.sign("authority", name, "ip:127.0.0.1");
        }
        authority.sign("authority", "elsewhere", "dns:elsewhere.example");
        authority.sign("authority", "expired", "ip:127.0.0.1", "-startdate", "-20d", "-validity", "10");
        password = authority.writePassword();
    }

    @BeforeEach
    void begin() throws Exception {
        files = new TlsFiles(folder.resolve("own.pem"), folder.resolve("key.pem"), Optional.of(password));
        copy("first");
    }

    @AfterEach
    void end() {
        provider.close();
    }

    private void copyChain(String name) throws Exception {
        Files.copy(authority.writeChain(name), files.certificates(), StandardCopyOption.REPLACE_EXISTING);
    }

    private void copy(String name) throws Exception {
        copyChain(name);
        Files.copy(authority.writeEncryptedKey(name), files.key(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Management start() {
        return Management.start(
                provider.getCacheManager(),
                LocalProcess.settings(Optional.of(folder.resolve("tokens"))).withTls(files));
    }

    private static HttpClient believing(String name) throws Exception {
        KeyStore believed = KeyStore.getInstance(
                authority.writeTrustStore(name).toFile(),
                TestAuthority.password().toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> ask(HttpClient client, Management management) throws Exception {
        URI url = URI.create("https://127.0.0.1:" + management.port() + "/health/live");
        return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }

    private static String subject(HttpResponse<?> response) throws Exception {
        X509Certificate shown =
                (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    @Test
    void whoBelievesTheAuthority_isAnswered_byTls13_andNobodyElse() throws Exception {
        try (Management management = start()) {
            HttpResponse<String> answer = ask(believing("authority"), management);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> ask(believing("stranger"), management)).isInstanceOf(SSLHandshakeException.class);
            assertThat(RawHttp.ask(management.port(), "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .doesNotContain("200");
        }
    }

    @Test
    void handshakesThatTakeTooLong_arePutOut_andOthersAreAnsweredMeanwhile() throws Exception {
        try (Management management = start()) {
            long begin = System.nanoTime();
            try (SlowTlsCallers callers = new SlowTlsCallers(management.port())) {
                Awaitility.await("the end of one that is never idle")
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> {
                            assertThat(ask(believing("authority"), management).statusCode())
                                    .isEqualTo(200);
                            return callers.slowOneHasEnded();
                        });
                assertThat(System.nanoTime() - begin).isGreaterThan(ServerLimits.FIELDS_NANOS);
                // Connected at the same time; as an idle connection it would stay for twenty seconds more.
                Awaitility.await("the end of one that says nothing")
                        .atMost(Duration.ofSeconds(10))
                        .until(callers::silentOneHasEnded);
            }
        }
    }

    @Test
    void renewedFiles_areShown_withoutARestart_andHalfOfThemIsNot() throws Exception {
        try (Management management = start()) {
            assertThat(subject(ask(believing("authority"), management))).isEqualTo("CN=first");

            copyChain("second"); // Its key is not there yet.
            assertThat(subject(ask(believing("authority"), management))).isEqualTo("CN=first");
            copy("second");

            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            subject(ask(believing("authority"), management)).equals("CN=second"));
        }
    }

    @Test
    void filesThatCannotBeUsed_areRefused_andSayWhy() throws Exception {
        copyChain("second");
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key of another certificate");
        copy("expired");
        assertThatThrownBy(this::start).hasMessageContaining("expected: valid now");
        copy("first");
        files = new TlsFiles(files.certificates(), files.key(), Optional.empty());
        assertThatThrownBy(this::start).hasMessageContaining("is encrypted");
        files = new TlsFiles(files.certificates(), files.certificates(), Optional.empty());
        assertThatThrownBy(this::start).hasMessageContaining("has no key");
        files = new TlsFiles(folder.resolve("none"), files.key(), Optional.empty());
        assertThatThrownBy(this::start).hasMessageContaining("has no certificate");
    }

    @Test
    void addressesThatOthersReach_needTokens_andNoExposureInPlainText() {
        InetSocketAddress anywhere = new InetSocketAddress("0.0.0.0", 0);

        assertThat(new ManagementSettings(
                                anywhere,
                                Optional.of(folder.resolve("tokens")),
                                Exposure.LOOPBACK_ONLY,
                                Optional.of(files))
                        .bind())
                .isEqualTo(anywhere);
        assertThatThrownBy(() ->
                        new ManagementSettings(anywhere, Optional.empty(), Exposure.LOOPBACK_ONLY, Optional.of(files)))
                .hasMessageContaining("without a token file");
    }
}
