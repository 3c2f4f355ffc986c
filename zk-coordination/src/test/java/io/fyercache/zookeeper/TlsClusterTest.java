package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.node.CannotJoinException;
import io.fyercache.sharded.transport.netty.TestAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS between the processes of a cluster, by nothing but URIs and files. */
class TlsClusterTest extends OneServerTest {
    @TempDir
    private static Path folder;

    private static TestAuthority certificates;
    private static Path password;

    private UriProcesses processes;

    @BeforeAll
    static void makeCertificates() {
        certificates = new TestAuthority(folder);
        certificates.found("authority");
        certificates.found("stranger");
        certificates.sign("authority", "member", "ip:127.0.0.1");
        certificates.sign("authority", "shop", "dns:shop.example");
        certificates.sign("authority", "expired", "ip:127.0.0.1", "-startdate", "-9d", "-validity", "1");
        certificates.sign("stranger", "forged", "ip:127.0.0.1");
        password = certificates.writePassword();
    }

    @BeforeEach
    void open() {
        processes = new UriProcesses(settings.servers(), settings.chroot());
    }

    @AfterEach
    void closeProcesses() {
        processes.close();
    }

    private static String stores(String own, String believed) {
        return "&tlsKeyStore=" + certificates.writeKeyStore(own) + "&tlsKeyPasswordFile=" + password + "&tlsTrustStore="
                + certificates.writeTrustStore(believed) + "&tlsTrustPasswordFile=" + password;
    }

    private static String pemFiles(String own, String believed) {
        return "&tlsCertificateFile=" + certificates.writeChain(own) + "&tlsKeyFile="
                + certificates.writeEncryptedKey(own) + "&tlsKeyPasswordFile=" + password + "&tlsAuthorityFile="
                + certificates.writeAuthority(believed);
    }

    private void startMember() {
        processes.open("name=one" + stores("member", "authority"));
    }

    @Test
    void threeMembersAndAClient_byStoresAndPemFiles_useTheSameEntries() {
        List<Cache<String, Integer>> caches = List.of(
                UriProcesses.numbers(processes.open("name=one" + stores("member", "authority"))),
                UriProcesses.numbers(processes.open("name=two" + pemFiles("member", "authority"))),
                UriProcesses.numbers(processes.open("name=three" + stores("member", "authority"))),
                UriProcesses.numbers(processes.open("name=four&role=client" + stores("shop", "authority"))));

        for (int writer = 0; writer < caches.size(); writer++) {
            for (int key = 0; key < 50; key++) {
                caches.get(writer).put(writer + "-" + key, key);
            }
        }

        for (Cache<String, Integer> reader : caches) {
            for (int writer = 0; writer < caches.size(); writer++) {
                for (int key = 0; key < 50; key++) {
                    assertThat(reader.get(writer + "-" + key)).isEqualTo(key);
                }
            }
        }
    }

    @Test
    void connectionMayTakeLonger_unlessSomethingElseIsSet() {
        String uri = "zk://one:2181/orders?name=one" + stores("member", "authority");

        assertThat(connectTimeout(uri)).isEqualTo(Duration.ofMillis(300));
        assertThat(connectTimeout(uri + "&connectTimeout=70ms")).isEqualTo(Duration.ofMillis(70));
        assertThat(connectTimeout("zk://one:2181/orders")).isEqualTo(Duration.ofMillis(50));
    }

    private static Duration connectTimeout(String uri) {
        return ClusterUri.read(URI.create(uri)).member().connections().connectTimeout();
    }

    @Test
    void certificateOfAnotherAuthority_isRefused_andThatIsSaidWhereItIs() {
        startMember();

        for (String role : List.of("member", "client")) {
            processes
                    .assertRefused("name=forger&role=" + role + stores("forged", "authority"))
                    .isInstanceOf(CannotJoinException.class)
                    .withMessageContaining(role + " 'forger'")
                    .withMessageContaining("one#")
                    .withMessageContaining("does not accept the certificate of this process");
        }
    }

    @Test
    void membersOfAnotherAuthority_areNotBelieved_andThatIsSaid() {
        startMember();

        processes
                .assertRefused("name=doubter" + stores("member", "stranger"))
                .isInstanceOf(CannotJoinException.class)
                .withMessageContaining("TLS with it fails")
                .withMessageContaining("certificates of authorities that both believe");
    }

    @Test
    void memberWithoutTls_isRefused_andThatIsSaid() {
        startMember();

        processes
                .assertRefused("name=open")
                .isInstanceOf(CannotJoinException.class)
                .withMessageContaining("this process has no security")
                .withMessageContaining("compare secretFile and the tls settings");
    }

    @Test
    void memberWithTls_amongThoseWithout_isRefused_andThatIsSaid() {
        processes.open("name=open");

        processes
                .assertRefused("name=one" + stores("member", "authority"))
                .isInstanceOf(CannotJoinException.class)
                .withMessageContaining("this process has TLS");
    }

    @Test
    void ownCertificate_thatIsExpiredOrAnotherHosts_isAFaultOfTheSettings() {
        processes
                .assertRefused("name=late" + stores("expired", "authority"))
                .withMessageContaining("tlsKeyStore: certificate of CN=expired, valid from ")
                .withMessageContaining("renew it");
        processes
                .assertRefused("name=lost" + pemFiles("shop", "authority"))
                .withMessageContaining(
                        "tlsCertificateFile: certificate of CN=shop names [shop.example] (expected: 127.0.0.1,");
    }

    @Test
    void faults_areToldTogether_andNoPasswordIsShown() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "a-wrong-password");

        processes
                .assertRefused("tlsKeyStor=x&tlsKeyStore=" + certificates.writeKeyStore("member")
                        + "&tlsKeyPasswordFile=" + wrong + "&tlsTrustStore=" + folder.resolve("missing.p12"))
                .withMessageContaining("tlsKeyStor: unknown (expected: perhaps tlsKeyStore")
                .withMessageContaining("tlsTrustPasswordFile: not set (expected: together with")
                .withMessageContaining("missing.p12 cannot be read")
                .withMessageContaining("with the password in " + wrong)
                .withMessageNotContaining("a-wrong-password");
        processes
                .assertRefused("tlsCertificateFile=" + password + "&tlsKeyFile=" + password + "&tlsAuthorityFile="
                        + certificates.writeAuthority("authority"))
                .withMessageContaining("has no certificate (expected: a PEM file")
                .withMessageNotContaining(TestAuthority.password());
        processes
                .assertRefused(pemFiles("member", "authority")
                        .replace("&tlsKeyPasswordFile=" + password, "")
                        .substring(1))
                .withMessageContaining("tlsKeyFile: ")
                .withMessageContaining("a password if it is encrypted");
        processes
                .assertRefused("secretFile=" + password + stores("member", "authority"))
                .withMessageContaining("secretFile: set, and tls settings, too");
        processes
                .assertRefused("tlsAuthorityFile=" + password + stores("member", "authority"))
                .withMessageContaining("(expected: one or the other)");
    }
}
