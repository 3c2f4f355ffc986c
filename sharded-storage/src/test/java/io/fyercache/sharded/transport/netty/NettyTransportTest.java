package io.fyercache.sharded.transport.netty;

import static io.fyercache.sharded.transport.netty.TestPeer.PATIENCE;
import static io.fyercache.sharded.transport.netty.TestPeer.secret;
import static io.fyercache.sharded.transport.netty.TestPeer.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult.Value;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.netty.TransportSecurity.Exposure;
import io.fyercache.testkit.log.LoggedLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract of transports does not say: who is let in, bounds, and that nothing is left behind. */
class NettyTransportTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long CLIENT = -9;

    private final List<TestPeer> peers = new ArrayList<>();
    private LeakWatch leaks;

    @BeforeEach
    void watch() {
        leaks = new LeakWatch();
    }

    @AfterEach
    void noBufferWasForgotten() {
        peers.forEach(TestPeer::close);
        assertThat(leaks.heard()).isEmpty();
        leaks.close();
    }

    private TestPeer member(long incarnation, NettySettings settings) {
        return started(TestPeer.member(incarnation, settings));
    }

    private TestPeer started(TestPeer peer) {
        peers.add(peer);
        return peer;
    }

    private static Message word(long number) {
        return new Grant(number, number, number, PartitionSet.NONE);
    }

    private static void meet(TestPeer one, TestPeer two) {
        one.knows(one.at(LOOPBACK), two.at(LOOPBACK));
        two.knows(one.at(LOOPBACK), two.at(LOOPBACK));
    }

    private static byte[] framed(byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static Socket connect(TestPeer to) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), to.port());
    }

    /** Reads until the other side ends the connection. */
    private static void awaitEnd(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // Whatever it says.
            }
        } catch (IOException e) {
            // Reset: it did not want to read all that was sent.
        }
    }

    // ---- who is let in

    @Test
    void wrongSecret_isRefused_andNothingOfItArrives() {
        TestPeer one = member(1, settings(secret(1)));
        TestPeer two = member(2, settings(secret(2)));
        meet(one, two);

        two.send(one, word(1));

        one.awaitRefusal(Refusal.WRONG_SECRET);
        await().atMost(PATIENCE).until(() -> two.unreachable.equals(List.of(one.incarnation())));
        assertThat(one.messages).isEmpty();
        assertThat(two.transport().refusals(Refusal.WRONG_SECRET)).isZero();
    }

    @Test
    void secret_isInNoLog() {
        String text = "the secret of this cluster";
        Secret secret = new Secret(text.getBytes(US_ASCII));
        List<String> lines;
        try (LoggedLines log = LoggedLines.ofEverything("")) {
            TestPeer one = member(1, settings(new TransportSecurity.SharedSecret(secret)));
            TestPeer two = member(2, settings(secret(2)));
            meet(one, two);
            two.send(one, word(1));
            one.awaitRefusal(Refusal.WRONG_SECRET);
            one.send(two, word(1));
            two.awaitRefusal(Refusal.WRONG_SECRET);
            lines = log.lines();
        }

        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("WRONG_SECRET"))
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(text)
                        .doesNotContain(HexFormat.of().formatHex(text.getBytes(US_ASCII))));
    }

    @Test
    void wrongCluster_isRefused() {
        TestPeer one = member(1, settings(secret(1)));
        TestPeer two = member(
                2,
                new NettySettings(new UUID(9, 9), secret(1), settings(secret(1)).connectTimeout()));
        meet(one, two);

        two.send(one, word(1));

        one.awaitRefusal(Refusal.WRONG_CLUSTER);
        await().atMost(PATIENCE).until(() -> two.unreachable.equals(List.of(one.incarnation())));
        assertThat(one.messages).isEmpty();
    }

    @Test
    void otherSecurity_isRefused_inBothDirections() {
        TestPeer open = member(1, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        TestPeer secured = member(2, settings(secret(1)));
        meet(open, secured);

        open.send(secured, word(1));
        secured.awaitRefusal(Refusal.OTHER_SECURITY);
        secured.send(open, word(2));
        open.awaitRefusal(Refusal.OTHER_SECURITY);

        assertThat(open.messages).isEmpty();
        assertThat(secured.messages).isEmpty();
    }

    // ---- what who is not let in can know

    private TestPeer clientOf(TestPeer member, NettySettings settings) {
        TestPeer client = started(TestPeer.client(-5, settings));
        client.knows(member.at(LOOPBACK));
        return client;
    }

    @Test
    void knock_whoIsBelieved_isLetIn() {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = clientOf(member, settings(secret(1)));

        assertThat(client.knock(member.at(LOOPBACK))).isEqualTo(Knock.Plain.LET_IN);
        assertThat(client.knock(member.at(LOOPBACK))).isEqualTo(Knock.Plain.LET_IN);
    }

    @Test
    void knock_wrongSecret_namesTheSecret_andDoesNotShowIt() {
        TestPeer member = member(1, settings(secret('x')));
        TestPeer client = clientOf(member, settings(secret('y')));

        assertThat(client.refusalBy(member.at(LOOPBACK)))
                .contains("does not accept the secret of this process", "compare secretFile")
                .doesNotContain("yyy");
    }

    @Test
    void knock_otherSecurity_namesThatOfThisProcess() {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = clientOf(member, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));

        assertThat(client.refusalBy(member.at(LOOPBACK)))
                .contains("this process has no security", "the same in all processes");
    }

    @Test
    void knock_withoutSecurity_onAnotherMachine_saysWhatReachesIt() {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = clientOf(member, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        Member elsewhere = member.at("192.0.2.1", 7000);
        client.knows(elsewhere);

        assertThat(client.refusalBy(elsewhere)).contains("on another machine", "no security", "a secret, or TLS");
    }

    @Test
    void knock_nobodyListens_isNoRefusal() throws IOException {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = clientOf(member, settings(secret(1)));
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        client.knows(member.at(LOOPBACK, free));

        assertThat(client.knock(member.at(LOOPBACK, free))).isEqualTo(Knock.Plain.NOBODY_THERE);
    }

    @Test
    void knock_whoAnswersNothing_isSaidToTakeTooLong() throws IOException {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = clientOf(member, settings(secret(1)).withConnectTimeout(Duration.ofMillis(100)));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Member there = member.at(LOOPBACK, silent.getLocalPort());
            client.knows(there);

            assertThat(client.refusalBy(there)).contains("longer than 100 ms", "connectTimeout");
        }
    }

    @Test
    void overheardHandshake_cannotBeReplayed() throws IOException {
        TestPeer one = member(1, settings(secret(1)));
        Handshake honest = new Handshake(settings(secret(1)), new Peer.OfMember(new Incarnation(2)));
        Hello asked = honest.ask(one.incarnation(), 1);
        byte[] first;
        try (Socket socket = connect(one)) {
            first = converse(socket, asked, honest, null);
        }
        await().atMost(PATIENCE).until(() -> !one.disconnected.isEmpty());

        try (Socket socket = connect(one)) {
            converse(socket, asked, honest, first);
            one.awaitRefusal(Refusal.WRONG_SECRET);
            awaitEnd(socket);
        }
    }

    /** Connects as an honest peer does, and returns the proof that it gave; or gives a proof that was given before. */
    private static byte[] converse(Socket socket, Hello asked, Handshake honest, byte[] replayed) throws IOException {
        socket.getOutputStream().write(framed(asked.form()));
        byte[] answer = read(socket);
        Handshake.Hellos both = new Handshake.Hellos(asked, Hello.read(answer, answer.length));
        byte[] proof =
                replayed == null ? new Proof(0, honest.prove(Handshake.Side.CONNECTING, both, 0)).form() : replayed;
        socket.getOutputStream().write(framed(proof));
        if (replayed == null) {
            assertThat(read(socket)).as("welcome").hasSize(40);
        }
        return proof;
    }

    private static byte[] read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        int length = ByteBuffer.wrap(in.readNBytes(4)).getInt();
        return in.readNBytes(length);
    }

    @Test
    void noSecurity_onAnAddressThatOthersReach_isRefused() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        try (ProcessLoop loop = new ProcessLoop(TestPeer.THREAD)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            ListeningPort.open(loop, new TransportSecurity.None(Exposure.LOOPBACK_ONLY), everywhere))
                    .withMessageContaining("0.0.0.0:0")
                    .withMessageContaining("expected: a loopback address");

            ListeningPort.open(loop, new TransportSecurity.None(Exposure.ANYWHERE), everywhere);
            ListeningPort.open(loop, secret(1), everywhere);
        }
    }

    @Test
    void noSecurity_connectsToThisMachineOnly() {
        TestPeer one = member(1, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        TestPeer two = member(2, settings(secret(1)));
        // An address that is set aside for documentation.
        one.knows(two.at("192.0.2.1", 1));

        one.send(two, word(1));

        one.awaitRefusal(Refusal.EXPOSED);
        await().atMost(PATIENCE).until(() -> !one.unreachable.isEmpty());
    }

    @Test
    void portThatIsTaken_isAnError() {
        TestPeer one = member(1, settings(secret(1)));
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), one.port());

        try (ProcessLoop loop = new ProcessLoop(TestPeer.THREAD)) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> ListeningPort.open(loop, secret(1), taken))
                    .withMessageContaining(":" + taken.getPort());
        }
    }

    // ---- who does harm

    @Test
    void halfOpenFlood_isBounded_andGivesWay() throws IOException {
        TestPeer one = member(1, settings(secret(1)));
        TestPeer two = member(2, settings(secret(1)));
        meet(one, two);
        List<Socket> flood = new ArrayList<>();
        for (int i = 0; i < 2 * HandshakeLimits.HALF_OPEN_OF_ADDRESS; i++) {
            flood.add(connect(one));
        }

        await().atMost(PATIENCE)
                .until(() ->
                        one.transport().refusals(Refusal.TOO_MANY_HALF_OPEN) >= HandshakeLimits.HALF_OPEN_OF_ADDRESS);
        assertThat(one.transport().halfOpen()).isLessThanOrEqualTo(HandshakeLimits.HALF_OPEN_OF_ADDRESS);

        // Those who say nothing are put out in the end, and others are let in.
        flood.forEach(NettyTransportTest::awaitEnd);
        assertThat(one.transport().refusals(Refusal.TOO_SLOW)).isPositive();
        two.send(one, word(1));
        await().atMost(PATIENCE).until(() -> one.messages.contains(word(1)));
        for (Socket socket : flood) {
            socket.close();
        }
    }

    @Test
    void handshakeOfAByteAtATime_isPutOut() throws IOException {
        TestPeer one = member(1, settings(secret(1)));
        try (Socket socket = connect(one)) {
            // Each look at whether it has ended takes long enough for the next byte.
            socket.setSoTimeout(20);
            boolean ended = false;
            for (byte next : framed(new byte[HandshakeLimits.FRAME_BYTES])) {
                ended = ended || hasEndedAfter(next, socket);
            }
            assertThat(ended).isTrue();
        }
        assertThat(one.transport().refusals(Refusal.TOO_SLOW)).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> one.transport().halfOpen() == 0);
    }

    private static boolean hasEndedAfter(byte next, Socket socket) {
        try {
            socket.getOutputStream().write(next);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void frameThatIsTooLargeForAHandshake_isRefusedByItsLength() throws IOException {
        TestPeer one = member(1, settings(secret(1)));
        try (Socket socket = connect(one)) {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(4)
                            .putInt(HandshakeLimits.FRAME_BYTES + 1)
                            .array());
            awaitEnd(socket);
        }
        assertThat(one.transport().refusals(Refusal.OVERSIZED)).isEqualTo(1);
    }

    @Test
    void randomBytes_beforeAndAfterTheHandshake_doNoHarm() throws IOException {
        TestPeer one = member(1, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        TestPeer two = member(2, settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)));
        meet(one, two);
        two.send(one, word(1));
        await().atMost(PATIENCE).until(() -> one.messages.contains(word(1)));
        Random random = new Random(7);

        for (int i = 0; i < 300; i++) {
            try (Socket socket = connect(one)) {
                if (i % 3 == 0) {
                    enter(socket, one, 100 + i);
                }
                byte[] bytes = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(bytes);
                if (i % 2 == 0) {
                    // A frame of a right length, so that its content is looked at.
                    bytes = framed(bytes);
                }
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                awaitEnd(socket);
            } catch (SocketException e) {
                // It was put out before it could say all.
            }
        }

        assertThat(one.messages).containsOnly(word(1));
        assertThat(one.disconnected).doesNotContain(two.self());
        assertThat(one.transport().refusals(Refusal.GARBLED)).isPositive();
        assertThat(one.transport().refusals(Refusal.DAMAGED_MESSAGE)).isPositive();
        two.send(one, word(2));
        await().atMost(PATIENCE).until(() -> one.messages.contains(word(2)));
        await().atMost(PATIENCE).until(() -> one.transport().halfOpen() == 0);
    }

    /** Passes the handshake as a client. */
    static void enter(Socket socket, TestPeer to, long client) throws IOException {
        Handshake handshake =
                new Handshake(settings(new TransportSecurity.None(Exposure.LOOPBACK_ONLY)), new Peer.OfClient(client));
        Hello asked = handshake.ask(to.incarnation(), 1);
        socket.getOutputStream().write(framed(asked.form()));
        read(socket);
        socket.getOutputStream().write(framed(new Proof(0, new byte[0]).form()));
        read(socket);
    }

    // ---- messages and connections

    @Test
    void messagesWithTheLargestValue_passBothWays() {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = started(TestPeer.client(CLIENT, settings(secret(1))));
        client.knows(member.at(LOOPBACK));
        Call call = new Call(0, request(EncodedValue.MAX_BYTES));
        EncodedValue value = new EncodedValue(new byte[EncodedValue.MAX_BYTES]);
        Reply reply = new Reply(0, new OperationId(CLIENT, 1), 1, new Done(new Value(value), 0));

        client.send(member, call);
        await().atMost(PATIENCE).until(() -> member.messages.equals(List.of(call)));
        member.send(client, reply);

        await().atMost(PATIENCE).until(() -> client.messages.equals(List.of(reply)));
    }

    @Test
    void whatOneTurnOfTheThreadSays_goesWithOneFlush() {
        TestPeer one = member(1, settings(secret(1)));
        TestPeer two = member(2, settings(secret(1)));
        meet(one, two);
        one.send(two, word(0));
        await().atMost(PATIENCE).until(() -> two.messages.size() == 1);
        TransportCounts before = one.transport().counts();

        one.call(() -> {
            for (int number = 1; number <= 100; number++) {
                one.transport().send(two.self(), word(number));
            }
            return true;
        });

        await().atMost(PATIENCE).until(() -> two.messages.size() == 101);
        TransportCounts after = one.transport().counts();
        assertThat(after.sent() - before.sent()).isEqualTo(100);
        assertThat(after.flushes() - before.flushes()).isEqualTo(1);
        assertThat(two.transport().counts().received()).isEqualTo(101);
    }

    @Test
    void clientThatSpeaksAsAMember_isRefused() {
        TestPeer member = member(1, settings(secret(1)));
        TestPeer client = started(TestPeer.client(CLIENT, settings(secret(1))));
        client.knows(member.at(LOOPBACK));

        client.send(member, word(1));

        member.awaitRefusal(Refusal.FORBIDDEN_MESSAGE);
        assertThat(member.messages).isEmpty();
    }

    @Test
    void whoConnectsBetweenTwoLives_isAnsweredByTheNext() throws IOException {
        try (ProcessLoop loop = new ProcessLoop(TestPeer.THREAD)) {
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ListeningPort port = ListeningPort.open(loop, secret(1), loopback);
            TestPeer peer = member(2, settings(secret(1)));
            try (Socket early = new Socket(loopback.getAddress(), port.port())) {
                loop.execute(() -> NettyTransport.ofMember(
                                settings(secret(1)), new Peer.OfMember(new Incarnation(1)), port, loop, peer)
                        .close());
                loop.execute(() -> NettyTransport.ofMember(
                        settings(secret(1)), new Peer.OfMember(new Incarnation(3)), port, loop, peer));
                Handshake honest = new Handshake(settings(secret(1)), new Peer.OfMember(new Incarnation(2)));

                converse(early, honest.ask(new Incarnation(3), 1), honest, null);
            }
        }
    }

    private static Request request(int valueBytes) {
        byte[] bytes = new byte[valueBytes];
        return new Request(
                new OperationId(CLIENT, 1),
                1,
                1,
                1,
                1,
                new EntryKey(1, new EncodedKey(new byte[] {1, 2})),
                new Request.Task.Write(new EntryOperation.Put(new EncodedValue(bytes))));
    }

    @Test
    void twoWhoConnectToEachOtherAtOnce_haveOneConnection_andLoseNothing() {
        for (int round = 0; round < 30; round++) {
            TestPeer one = TestPeer.member(1 + 2 * round, settings(secret(1)));
            TestPeer two = TestPeer.member(2 + 2 * round, settings(secret(1)));
            meet(one, two);
            Thread other = new Thread(() -> two.send(one, word(2)));
            other.start();
            one.send(two, word(1));
            await().atMost(PATIENCE).until(() -> !other.isAlive());

            await().atMost(PATIENCE).until(() -> !one.messages.isEmpty() && !two.messages.isEmpty());
            for (long number = 3; number < 50; number++) {
                one.send(two, word(number));
                two.send(one, word(number));
            }
            await().atMost(PATIENCE).until(() -> one.messages.size() == 48 && two.messages.size() == 48);
            assertThat(one.senders).containsOnly(two.self());
            assertThat(one.disconnected).isEmpty();
            assertThat(two.disconnected).isEmpty();
            assertThat(one.unreachable).isEmpty();
            assertThat(two.unreachable).isEmpty();
            one.close();
            two.close();
        }
    }

    @Test
    void transportsThatWereClosed_leaveNoThread_andNoSocket() throws IOException {
        connectAndClose(1);
        long before = openFiles();

        for (int round = 2; round <= 100; round++) {
            connectAndClose(round);
        }

        await().atMost(PATIENCE).until(() -> threads().findAny().isEmpty());
        // What the JVM has opened for itself meanwhile is much less than a file a round.
        assertThat(openFiles()).isLessThan(before + 20);
    }

    private static void connectAndClose(int round) {
        TestPeer one = TestPeer.member(1 + 2 * round, settings(secret(1)));
        TestPeer two = TestPeer.member(2 + 2 * round, settings(secret(1)));
        meet(one, two);
        one.send(two, word(round));
        await().atMost(PATIENCE).until(() -> two.messages.contains(word(round)));
        one.close();
        two.close();
    }

    private static Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(TestPeer.THREAD));
    }

    private static long openFiles() throws IOException {
        Path files = Path.of("/proc/self/fd");
        if (!Files.isDirectory(files)) {
            return 0;
        }
        try (Stream<Path> each = Files.list(files)) {
            return each.count();
        }
    }
}
