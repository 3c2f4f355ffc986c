package io.fyercache.testkit.simulation;

import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.client.RetryPolicy;
import io.fyercache.sharded.client.RouterHost;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.testkit.time.Timeline;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A process that uses caches, with several clients and one router, on a clock of its own. It knows the tables that members tell it of. */
final class ClientProcess extends SimulatedProcess implements RouterHost, TransportListener {
    private static final long MILLIS = 1_000_000;
    private static final long TICK_NANOS = 10 * MILLIS;
    private static final long TABLE_NANOS = 500 * MILLIS;

    /** How a process goes about its business. */
    enum Manner {
        /**
         * Learns of a table only if a primary sends it away or does not answer: it is who meets a primary that should no longer answer.
         */
        FAITHFUL,
        /** Asks for tables now and then, and sends a request to anybody now and then, as if its table were older than anybody's. */
        RESTLESS
    }

    private final ClientNetwork network;
    private final Manner manner;
    private final RequestRouter router;
    private @Nullable VersionedTable table;

    ClientProcess(ClientNetwork network, Timeline timeline, long number, Manner manner) {
        super(timeline, network.random(), 0);
        this.network = network;
        this.manner = manner;
        this.router = new RequestRouter(number, this, policy(network.random()), clockNanos());
        timeline.every(TICK_NANOS, () -> run(() -> router.onTick(clockNanos())));
        if (manner == Manner.RESTLESS) {
            timeline.every(TABLE_NANOS, () -> run(this::learnTable));
        }
    }

    /** Draws a policy: from one that sends again what is only slow, to one that waits. */
    private static RetryPolicy policy(Random random) {
        return new RetryPolicy(
                (50 + random.nextInt(300)) * MILLIS, 5 * MILLIS, (20 + random.nextInt(100)) * MILLIS, 20 * MILLIS);
    }

    boolean isFaithful() {
        return manner == Manner.FAITHFUL;
    }

    /** Returns the generation of a partition, as far as it is known here. */
    long generation(int partition) {
        return table == null ? 1 : table.table().record(partition).epoch().generation();
    }

    /** Returns how many calls have not ended. */
    int calls() {
        return router.calls();
    }

    void submit(EntryKey key, Request.Task task, long patienceNanos, CallOwner owner) {
        router.submit(key, task, 1, clockNanos() + patienceNanos, clockNanos(), owner);
    }

    void onTable(VersionedTable seen) {
        if (table == null || seen.version() > table.version()) {
            table = seen;
        }
        router.onTable(seen, clockNanos());
    }

    void onReply(Reply reply) {
        router.onReply(reply, clockNanos());
    }

    @Override
    public void received(Peer from, Message message) {
        onReply((Reply) message);
    }

    @Override
    public void disconnected(Peer peer) {
        unreachable(((Peer.OfMember) peer).incarnation());
    }

    @Override
    public void unreachable(Incarnation member) {
        router.onConnectionLost(member, clockNanos());
    }

    // ---- what the router wants

    @Override
    public boolean send(Incarnation member, Call call) {
        Incarnation receiver = !isFaithful() && network.random().nextInt(10) == 0 ? network.anybody() : member;
        return receiver != null && network.call(this, receiver, call);
    }

    @Override
    public void learnTable() {
        network.askForTable(this);
    }

    @Override
    public long draw(long bound) {
        return (long) (network.random().nextDouble() * bound);
    }
}
