package io.fyercache.testkit.transport;

import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.sharded.transport.netty.ListeningPort;
import io.fyercache.sharded.transport.netty.NettySettings;
import io.fyercache.sharded.transport.netty.NettyTransport;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import io.fyercache.sharded.transport.netty.TransportSecurity;
import io.fyercache.testkit.contract.TransportFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Real sockets on the loopback interface, each process's way to each member over a {@link TcpLink} of its own. Each process has its thread.
 */
final class NettyTransports implements TransportFixture {
    private static final UUID CLUSTER = new UUID(3, 4);

    /** Much more than the protocol grants: the machine that builds may be busy. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Between looks at a condition when nothing happens. */
    private static final long LOOK_MILLIS = 10;

    /** Of silence, after which nothing is taken to be under way on the loopback interface. */
    private static final long SILENCE_MILLIS = 250;

    private final TransportSecurity security;

    /** One for each thing that anybody was told: the test looks again. */
    private final BlockingQueue<TransportListener> told = new LinkedBlockingQueue<>();

    private final Map<Integer, Integer> portOfNode = new HashMap<>();
    private final Map<Way, TcpLink> links = new LinkedHashMap<>();
    private final List<SocketProcess> processes = new ArrayList<>();

    /** From a process to a port. */
    private record Way(SocketProcess from, int port) {}

    NettyTransports(TransportSecurity security) {
        this.security = security;
    }

    /** A process, and its thread. */
    private final class SocketProcess implements PeerProcess {
        private final ProcessLoop loop = new ProcessLoop("socket-process");
        private final int port;
        private final Transport transport;
        private CountDownLatch pause = new CountDownLatch(0);
        private boolean killed;

        SocketProcess(int port, Function<ProcessLoop, NettyTransport> start) {
            this.port = port;
            this.transport = new OverLinks(this, start.apply(loop));
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public void call(Runnable action) {
            if (!killed) {
                CompletableFuture.runAsync(action, loop).join();
            }
        }

        @Override
        public void pause() {
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            loop.execute(() -> {
                begun.countDown();
                awaitZero(end);
            });
            awaitZero(begun);
            pause = end;
        }

        @Override
        public void resume() {
            pause.countDown();
        }

        @Override
        public void kill() {
            killed = true;
            resume();
            loop.close();
        }
    }

    private static void awaitZero(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Notes each thing that a process is told. */
    private record Noticed(TransportListener listener, BlockingQueue<TransportListener> told)
            implements TransportListener {
        @Override
        public void received(Peer from, Message message) {
            listener.received(from, message);
            told.add(listener);
        }

        @Override
        public void disconnected(Peer peer) {
            listener.disconnected(peer);
            told.add(listener);
        }

        @Override
        public void unreachable(Incarnation member) {
            listener.unreachable(member);
            told.add(listener);
        }
    }

    /** Finds members at the near ends of its process's links. */
    private final class OverLinks implements Transport {
        private final SocketProcess process;
        private final Transport transport;

        OverLinks(SocketProcess process, Transport transport) {
            this.process = process;
            this.transport = transport;
        }

        @Override
        public void membersChanged(List<Member> members) {
            transport.membersChanged(members.stream().map(this::overLink).toList());
        }

        private Member overLink(Member member) {
            DataAddress address = member.description().dataAddress();
            TcpLink link = link(process, address.port());
            return memberAt(member.incarnation(), new DataAddress(address.host(), link.port()));
        }

        @Override
        public boolean send(Peer to, Message message) {
            return transport.send(to, message);
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    private TcpLink link(SocketProcess from, int port) {
        return links.computeIfAbsent(new Way(from, port), way -> new TcpLink(port));
    }

    private static Member memberAt(Incarnation incarnation, DataAddress address) {
        return new Member(
                incarnation,
                new MemberDescription(
                        new UUID(0, incarnation.number()),
                        "node",
                        new Location("host", ""),
                        address,
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    private static int freePort(int node) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("a port for node " + node, e);
        }
    }

    @Override
    public Member member(int node, Incarnation incarnation) {
        int port = portOfNode.computeIfAbsent(node, NettyTransports::freePort);
        return memberAt(incarnation, new DataAddress("127.0.0.1", port));
    }

    private NettySettings settings() {
        return NettySettings.of(CLUSTER, security).withConnectTimeout(CONNECT_TIMEOUT);
    }

    @Override
    public PeerProcess start(Member member, TransportListener listener) {
        int port = member.description().dataAddress().port();
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return started(new SocketProcess(port, loop -> {
            ListeningPort listening = ListeningPort.open(loop, security, bind);
            return on(
                    loop,
                    () -> NettyTransport.ofMember(
                            settings(),
                            new Peer.OfMember(member.incarnation()),
                            listening,
                            loop,
                            new Noticed(listener, told)));
        }));
    }

    @Override
    public PeerProcess startClient(long client, TransportListener listener) {
        return started(new SocketProcess(
                0,
                loop -> on(
                        loop,
                        () -> NettyTransport.ofClient(
                                settings(), new Peer.OfClient(client), loop, new Noticed(listener, told)))));
    }

    private static NettyTransport on(ProcessLoop loop, Supplier<NettyTransport> start) {
        return CompletableFuture.supplyAsync(start, loop).join();
    }

    private PeerProcess started(SocketProcess process) {
        processes.add(process);
        return process;
    }

    @Override
    public void breakConnection(PeerProcess one, PeerProcess other) {
        // Those that are there now: whoever notices the end connects again at once, and that one is to last.
        List<TcpLink.Passage> broken = new ArrayList<>(
                link((SocketProcess) one, ((SocketProcess) other).port).passages());
        broken.addAll(link((SocketProcess) other, ((SocketProcess) one).port).passages());
        broken.forEach(TcpLink.Passage::reset);
    }

    @Override
    public void cut(PeerProcess from, PeerProcess to) {
        setCut((SocketProcess) from, (SocketProcess) to, true);
    }

    @Override
    public void mend(PeerProcess from, PeerProcess to) {
        setCut((SocketProcess) from, (SocketProcess) to, false);
    }

    private void setCut(SocketProcess from, SocketProcess to, boolean cut) {
        link(from, to.port).setCutThere(cut);
        link(to, from.port).setCutBack(cut);
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError(what + ": not so within " + PATIENCE_NANOS + " ns");
            }
            somethingWasTold(LOOK_MILLIS);
        }
    }

    @Override
    public void settle() {
        while (somethingWasTold(SILENCE_MILLIS)) {
            // Something was under way.
        }
    }

    /** Waits until something is told, for so long at most. Tells whether something was. */
    private boolean somethingWasTold(long waitMillis) {
        try {
            boolean any = told.poll(waitMillis, TimeUnit.MILLISECONDS) != null;
            told.clear();
            return any;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        settle();
        processes.forEach(SocketProcess::kill);
        links.values().forEach(TcpLink::close);
    }
}
