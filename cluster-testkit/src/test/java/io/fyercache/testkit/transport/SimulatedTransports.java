package io.fyercache.testkit.transport;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.testkit.contract.TransportFixture;
import io.fyercache.testkit.time.Timeline;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A network in virtual time, for the contract. */
final class SimulatedTransports implements TransportFixture {
    private static final long MILLIS = 1_000_000;

    /** Virtual nanoseconds in which a condition must come true. */
    private static final long PATIENCE_NANOS = 20_000 * MILLIS;

    /** Longer than any message takes, and the notice of an end. */
    private static final long SETTLED_NANOS = 2_000 * MILLIS;

    private final Timeline timeline = new Timeline();
    private final SimulatedNetwork network;
    private int clients;

    SimulatedTransports(long seed, NetworkFaults faults) {
        network = new SimulatedNetwork(timeline, new Random(seed), faults);
    }

    /** A process that does what it is told at once. */
    private static final class VirtualProcess extends PausableProcess {
        private SimulatedTransport transport;

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public void call(Runnable action) {
            action.run();
        }
    }

    @Override
    public Member member(int node, Incarnation incarnation) {
        return new Member(
                incarnation,
                new MemberDescription(
                        new UUID(0, incarnation.number()),
                        "node" + node,
                        new Location("host" + node, ""),
                        new DataAddress("host" + node, 1 + node),
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    @Override
    public PeerProcess start(Member member, TransportListener listener) {
        DataAddress address = member.description().dataAddress();
        VirtualProcess process = new VirtualProcess();
        process.transport = network.listen(
                new Peer.OfMember(member.incarnation()), address, address.port(), process::run, listener);
        return process;
    }

    @Override
    public PeerProcess startClient(long client, TransportListener listener) {
        VirtualProcess process = new VirtualProcess();
        process.transport = network.open(new Peer.OfClient(client), --clients, process::run, listener);
        return process;
    }

    private static SimulatedTransport of(PeerProcess process) {
        return (SimulatedTransport) process.transport();
    }

    @Override
    public void breakConnection(PeerProcess one, PeerProcess other) {
        of(one).breakConnection(of(other).self());
    }

    @Override
    public void cut(PeerProcess from, PeerProcess to) {
        network.cut(of(from).node(), of(to).node());
    }

    @Override
    public void mend(PeerProcess from, PeerProcess to) {
        network.mend(of(from).node(), of(to).node());
    }

    @Override
    public void await(String what, BooleanSupplier condition) {
        long end = timeline.nowNanos() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (timeline.nowNanos() >= end) {
                throw new AssertionError(what + ": not so within " + PATIENCE_NANOS / MILLIS + " virtual ms");
            }
            timeline.runUntil(timeline.nowNanos() + MILLIS, () -> {});
        }
    }

    @Override
    public void settle() {
        timeline.runUntil(timeline.nowNanos() + SETTLED_NANOS, () -> {});
    }

    @Override
    public void close() {
        settle();
    }
}
