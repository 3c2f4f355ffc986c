package io.fyercache.sharded.transport.netty;

import static org.awaitility.Awaitility.await;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.TransportListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A process on the loopback interface with a thread of its own, which remembers what it was told. */
final class TestPeer implements TransportListener, AutoCloseable {
    static final UUID CLUSTER = new UUID(1, 2);

    /** Much longer than anything takes, even on a machine that is busy otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    static final String THREAD = "test-peer";

    private final Peer self;
    private final ProcessLoop loop = new ProcessLoop(THREAD);
    private final ListeningPort port;
    private final NettyTransport transport;
    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<Peer> senders = new CopyOnWriteArrayList<>();
    final List<Peer> disconnected = new CopyOnWriteArrayList<>();
    final List<Incarnation> unreachable = new CopyOnWriteArrayList<>();

    private TestPeer(Peer self, NettySettings settings) {
        this.self = self;
        this.port = self instanceof Peer.OfMember
                ? ListeningPort.open(
                        loop, settings.security(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                : null;
        this.transport = call(() -> self instanceof Peer.OfMember member
                ? NettyTransport.ofMember(settings, member, port, loop, this)
                : NettyTransport.ofClient(settings, (Peer.OfClient) self, loop, this));
    }

    static NettySettings settings(TransportSecurity security) {
        return NettySettings.of(CLUSTER, security).withConnectTimeout(CONNECT_TIMEOUT);
    }

    static TransportSecurity secret(int each) {
        byte[] bytes = new byte[Secret.MIN_BYTES];
        Arrays.fill(bytes, (byte) each);
        return new TransportSecurity.SharedSecret(new Secret(bytes));
    }

    static TestPeer member(long incarnation, NettySettings settings) {
        return new TestPeer(new Peer.OfMember(new Incarnation(incarnation)), settings);
    }

    static TestPeer client(long client, NettySettings settings) {
        return new TestPeer(new Peer.OfClient(client), settings);
    }

    Peer self() {
        return self;
    }

    Incarnation incarnation() {
        return ((Peer.OfMember) self).incarnation();
    }

    NettyTransport transport() {
        return transport;
    }

    int port() {
        return port.port();
    }

    Member at(String host) {
        return at(host, port.port());
    }

    Member at(String host, int port) {
        return new Member(
                incarnation(),
                new MemberDescription(
                        new UUID(0, incarnation().number()),
                        "node",
                        new Location("host", ""),
                        new DataAddress(host, port),
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    /** Does something on the process's thread. */
    <T> T call(Callable<T> action) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return action.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        loop)
                .join();
    }

    void knows(Member... members) {
        call(() -> {
            transport.membersChanged(List.of(members));
            return true;
        });
    }

    boolean send(TestPeer to, Message message) {
        return call(() -> transport.send(to.self, message));
    }

    /** Knocks at a member's door, and returns what came of it. */
    Knock knock(Member at) {
        CompletableFuture<Knock> answer = new CompletableFuture<>();
        loop.execute(() -> transport.knock(at.incarnation(), answer::complete));
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Knocks, and returns why nobody opens. */
    String refusalBy(Member at) {
        return ((Knock.Refused) knock(at)).why();
    }

    void awaitRefusal(Refusal reason) {
        await().atMost(PATIENCE).until(() -> transport.refusals(reason) > 0);
    }

    @Override
    public void received(Peer from, Message message) {
        senders.add(from);
        messages.add(message);
    }

    @Override
    public void disconnected(Peer peer) {
        disconnected.add(peer);
    }

    @Override
    public void unreachable(Incarnation member) {
        unreachable.add(member);
    }

    @Override
    public void close() {
        call(() -> {
            transport.close();
            return true;
        });
        loop.close();
    }
}
