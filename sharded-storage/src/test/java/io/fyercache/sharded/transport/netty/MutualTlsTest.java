package io.fyercache.sharded.transport.netty;

import static io.fyercache.sharded.transport.netty.TestPeer.PATIENCE;
import static io.fyercache.sharded.transport.netty.TestPeer.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.PartitionSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {
    private static final String HOST = "127.0.0.1";
    private static final Message WORD = new Grant(1, 1, 1, PartitionSet.NONE);

    @TempDir
    private static Path folder;

    private static TestAuthority certificates;

    private final List<TestPeer> peers = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() {
        certificates = new TestAuthority(folder);
        certificates.found("authority");
        certificates.found("stranger");
        certificates.sign("authority", "good", "ip:127.0.0.1,dns:localhost");
        certificates.sign("authority", "elsewhere", "dns:elsewhere.example,dns:*.wild.example,ip:127.0.0.2");
        certificates.sign("authority", "expired", "ip:127.0.0.1,dns:localhost", "-startdate", "-9d", "-validity", "1");
        certificates.sign("stranger", "forged", "ip:127.0.0.1,dns:localhost");
    }

    @AfterEach
    void closeAll() {
        peers.forEach(TestPeer::close);
    }

    private TestPeer member(long incarnation, TransportSecurity security) {
        return started(TestPeer.member(incarnation, settings(security)));
    }

    private TestPeer started(TestPeer peer) {
        peers.add(peer);
        return peer;
    }

    private static TransportSecurity good() {
        return certificates.security("good", "authority");
    }

    private static void meet(TestPeer one, TestPeer two, String host) {
        one.knows(one.at(host), two.at(host));
        two.knows(one.at(host), two.at(host));
    }

    private static void assertTalk(TestPeer one, TestPeer two) {
        one.send(two, WORD);
        two.send(one, WORD);
        await().atMost(PATIENCE).until(() -> !one.messages.isEmpty() && !two.messages.isEmpty());
        assertThat(two.senders).containsExactly(one.self());
    }

    private static void assertNoTalk(TestPeer from, TestPeer to) {
        from.send(to, WORD);
        await().atMost(PATIENCE).until(() -> from.unreachable.equals(List.of(to.incarnation())));
        assertThat(to.messages).isEmpty();
    }

    @Test
    void membersWithCertificatesOfTheirHosts_talk() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, certificates.securityOfPemFiles("good", "authority"));
        meet(one, two, HOST);

        assertTalk(one, two);
    }

    @Test
    void hostThatIsAName_isLookedUp() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, good());
        meet(one, two, "localhost");

        assertTalk(one, two);
    }

    @Test
    void certificateOfAnotherHost_makesNoMember_whoeverConnects() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, certificates.security("elsewhere", "authority"));
        meet(one, two, HOST);

        assertNoTalk(one, two);
        assertThat(one.transport().refusals(Refusal.WRONG_NAME)).isEqualTo(1);
        assertNoTalk(two, one);
        assertThat(one.transport().refusals(Refusal.WRONG_NAME)).isEqualTo(2);
    }

    @Test
    void memberThatNobodyHasToldOf_isRefused() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, good());
        two.knows(one.at(HOST));

        assertNoTalk(two, one);
        assertThat(one.transport().refusals(Refusal.WRONG_NAME)).isEqualTo(1);
    }

    @Test
    void certificateOfAnotherHost_isEnoughForAClient() {
        TestPeer member = member(1, good());
        TestPeer client = started(TestPeer.client(-5, settings(certificates.security("elsewhere", "authority"))));
        client.knows(member.at(HOST));

        Call call = new Call(0, new Request(new OperationId(-5, 1), 1, 1, 1, 1, EntryKey.ofAll(1), Task.Peek.PEEK));

        client.send(member, call);

        await().atMost(PATIENCE).until(() -> member.messages.equals(List.of(call)));
    }

    @Test
    void expiredCertificate_isRefused() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, certificates.security("expired", "authority"));
        meet(one, two, HOST);

        assertNoTalk(two, one);
        one.awaitRefusal(Refusal.TLS_FAILED);
        assertNoTalk(one, two);
    }

    @Test
    void certificateOfAnUnknownAuthority_isRefused() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, certificates.security("forged", "authority"));
        meet(one, two, HOST);

        assertNoTalk(two, one);
        one.awaitRefusal(Refusal.TLS_FAILED);
        assertNoTalk(one, two);
    }

    @Test
    void whoSpeaksNoTls_isRefused() {
        TestPeer one = member(1, good());
        TestPeer two = member(2, TestPeer.secret(1));
        meet(one, two, HOST);

        assertNoTalk(two, one);
        one.awaitRefusal(Refusal.TLS_FAILED);
    }

    @Test
    void handshakesThatTakeTooLong_arePutOut_andOthersAreLetInMeanwhile() throws Exception {
        TestPeer one = member(1, good());
        TestPeer two = member(2, good());
        long begin = System.nanoTime();
        try (SlowTlsCallers callers = new SlowTlsCallers(one.port())) {
            meet(one, two, HOST);

            assertTalk(one, two);
            await().atMost(PATIENCE).until(callers::slowOneHasEnded);
            await().atMost(PATIENCE).until(callers::silentOneHasEnded);
        }

        assertThat(System.nanoTime() - begin).isGreaterThan(HandshakeLimits.HANDSHAKE_NANOS);
        assertThat(one.transport().refusals(Refusal.TOO_SLOW)).isGreaterThanOrEqualTo(2);
        await().atMost(PATIENCE).until(() -> one.transport().halfOpen() == 0);
        assertThat(one.disconnected).isEmpty();
    }

    private String refusal(TestPeer member, TransportSecurity ofClient) {
        TestPeer client = started(TestPeer.client(-5, settings(ofClient)));
        client.knows(member.at(HOST));
        return client.refusalBy(member.at(HOST));
    }

    @Test
    void whoIsRefused_knowsWhy() {
        TestPeer member = member(1, good());

        assertThat(refusal(member, certificates.security("good", "stranger")))
                .contains("TLS with it fails", "certification path", "authorities that both believe");
        assertThat(refusal(member, certificates.security("expired", "authority")))
                .contains("does not accept the certificate of this process");
        assertThat(refusal(member, certificates.security("forged", "authority")))
                .contains("does not accept the certificate of this process");
        assertThat(refusal(member, TestPeer.secret(1)))
                .contains("this process has a secret", "compare secretFile and the tls");
        assertThat(refusal(member(2, certificates.security("elsewhere", "authority")), good()))
                .contains("its certificate does not name its host");
        assertThat(refusal(member(3, TestPeer.secret(1)), good()))
                .contains("before anything is said", "this process has TLS");
    }

    @Test
    void fileThatIsNoCertificate_isAnError() {
        Path missing = folder.resolve("missing.pem");

        assertThatIllegalArgumentException().isThrownBy(() -> MutualTls.ofPemFiles(missing, missing, null, missing));
    }
}
