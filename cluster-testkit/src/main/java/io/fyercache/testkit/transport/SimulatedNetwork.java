package io.fyercache.testkit.transport;

import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.testkit.time.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The network that the transports of a world share. Nodes have numbers; a cut lets nothing pass from one node to another. */
public final class SimulatedNetwork {
    private final Timeline timeline;
    private final Random random;
    private final Map<DataAddress, SimulatedTransport> listening = new HashMap<>();

    /** From which node to which nothing passes, and until when. */
    private final Map<List<Integer>, Long> cutUntilNanos = new HashMap<>();

    private NetworkFaults faults;

    /** Makes a network without anybody. */
    public SimulatedNetwork(Timeline timeline, Random random, NetworkFaults faults) {
        this.timeline = timeline;
        this.random = random;
        this.faults = faults;
    }

    /** Changes how much goes wrong from now on. */
    public void setFaults(NetworkFaults next) {
        faults = next;
    }

    /**
     * Lets a member listen at its address, instead of whoever did so before.
     *
     * @param process runs what happens in the member's process, when that runs
     */
    public SimulatedTransport listen(
            Peer.OfMember self, DataAddress address, int node, Consumer<Runnable> process, TransportListener listener) {
        SimulatedTransport transport = new SimulatedTransport(this, self, node, process, listener);
        listening.put(address, transport);
        return transport;
    }

    /** Lets a client connect to others. */
    public SimulatedTransport open(
            Peer.OfClient self, int node, Consumer<Runnable> process, TransportListener listener) {
        return new SimulatedTransport(this, self, node, process, listener);
    }

    /** Lets nothing pass from one node to another until that is mended. */
    public void cut(int from, int to) {
        cutUntil(from, to, Long.MAX_VALUE);
    }

    /** Lets nothing pass from one node to another for a while, or longer if another cut lasts longer. */
    public void cut(int from, int to, long nanos) {
        cutUntil(from, to, timeline.nowNanos() + nanos);
    }

    private void cutUntil(int from, int to, long untilNanos) {
        cutUntilNanos.merge(List.of(from, to), untilNanos, Math::max);
    }

    /** Ends all cuts from one node to another. */
    public void mend(int from, int to) {
        cutUntilNanos.remove(List.of(from, to));
    }

    /** Ends all cuts. */
    public void mendAll() {
        cutUntilNanos.clear();
    }

    /** Tells whether nothing passes from one node to another. */
    public boolean isCut(int from, int to) {
        Long until = cutUntilNanos.get(List.of(from, to));
        return until != null && timeline.nowNanos() < until;
    }

    Timeline timeline() {
        return timeline;
    }

    /** Draws whether a message gets lost. */
    public boolean isLost() {
        return random.nextInt(100) < faults.lossPercent();
    }

    /** Draws how long a message takes. */
    public long delayNanos() {
        return random.nextInt(100) < faults.slowPercent()
                ? 1 + upTo(faults.slowNanos())
                : 100_000 + random.nextInt(900_000);
    }

    long upTo(long nanos) {
        return (long) (random.nextDouble() * nanos);
    }

    /** Returns who listens at an address, or null. */
    @Nullable
    SimulatedTransport at(DataAddress address) {
        SimulatedTransport transport = listening.get(address);
        return transport == null || transport.isClosed() ? null : transport;
    }
}
