package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.sharded.client.CacheEndings;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.client.RetryPolicy;
import io.fyercache.sharded.client.RouterHost;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.listening.ChangeReceiver;
import io.fyercache.sharded.listening.ListeningWishes;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.sharded.near.NearCaches;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.testkit.time.Timeline;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process that uses caches, with several clients and one router, on a clock of its own. It knows the tables that members tell it of. */
final class ClientProcess extends SimulatedProcess
        implements RouterHost, TransportListener, ChangeReceiver.Host, ListeningWishes.Host {
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
        RESTLESS,
        /** Does as processes do in production. */
        ORDINARY,
        /** Is the process of a member, too: knows what that knows, and reads its copies. */
        OF_MEMBER
    }

    private final ClientNetwork network;
    private final Manner manner;
    private final RequestRouter router;
    private final ChangeReceiver receiver;
    private final ListeningWishes wishes;
    private final CacheEndings endings = new CacheEndings(this::send);
    private final NearCaches near;
    private final long number;
    private Listener listener = Listener.NOBODY;
    private List<Incarnation> members = List.of();
    private @Nullable VersionedTable table;

    /** The life of a member in this process; null if there is none. */
    private @Nullable SimulatedLife life;

    /** What listens in a process. */
    interface Listener {
        /** There is nothing. */
        Listener NOBODY = new Listener() {
            @Override
            public void tell(int partition, List<PlacedChange> changes, Consumer<List<ListenerFailure>> told) {
                told.accept(List.of());
            }

            @Override
            public void wasForgotten(int partition, int cache) {
                // Nobody misses anything.
            }
        };

        /** Is told changes; says when that has happened, not within the call, and what was thrown. */
        void tell(int partition, List<PlacedChange> changes, Consumer<List<ListenerFailure>> told);

        /** Is told that changes of a cache may be missing. */
        void wasForgotten(int partition, int cache);
    }

    ClientProcess(ClientNetwork network, Timeline timeline, long number, Manner manner, Rules rules) {
        super(timeline, network.random(), 0);
        this.network = network;
        this.number = number;
        this.manner = manner;
        this.router = new RequestRouter(
                number,
                this,
                manner == Manner.ORDINARY ? RetryPolicy.STANDARD : policy(network.random()),
                clockNanos());
        this.receiver = new ChangeReceiver(this, rules);
        this.wishes = new ListeningWishes(router, this, clockNanos());
        this.near = new NearCaches(this::send, this::clockNanos, rules);
        timeline.every(TICK_NANOS, () -> run(this::tick));
        if (manner == Manner.RESTLESS || manner == Manner.ORDINARY) {
            timeline.every(TABLE_NANOS, () -> run(this::learnTable));
        }
    }

    /** Draws a policy: from one that sends again what is only slow, to one that waits. */
    private static RetryPolicy policy(Random random) {
        return new RetryPolicy(
                (50 + random.nextInt(300)) * MILLIS, 5 * MILLIS, (20 + random.nextInt(100)) * MILLIS, 20 * MILLIS);
    }

    private void tick() {
        if (manner == Manner.FAITHFUL || manner == Manner.RESTLESS) {
            askSomeCopyFirst();
        }
        router.onTick(clockNanos());
        wishes.onTick(clockNanos());
        endings.onTick(clockNanos());
        near.onTick(clockNanos());
    }

    /** R6: whoever it is need not have one. */
    private void askSomeCopyFirst() {
        router.readAt(network.random().nextInt(4) == 0 ? null : network.anybody());
    }

    /** Returns what tells it from all others. */
    long number() {
        return number;
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

    void submit(EntryKey key, Task task, long patienceNanos, CallOwner owner) {
        router.submit(key, task, 1, clockNanos() + patienceNanos, clockNanos(), owner);
    }

    /** Makes calls of the engine, as soon as this does not stand still. */
    void submit(Submission submission, CallOwner owner) {
        run(() -> submission.submitTo(router, clockNanos(), owner));
    }

    /** Waits until all members have given up a cache that is destroyed, as soon as this does not stand still. */
    void awaitGivenUp(int cache, Consumer<List<Incarnation>> ended) {
        run(() -> endings.await(cache, clockNanos(), ended));
    }

    /** Returns how many partitions there are; 0 as long as that is not known here. */
    @Nullable
    PartitionLayout layout() {
        return router.layout();
    }

    void onTable(VersionedTable seen) {
        if (table == null || seen.version() > table.version()) {
            table = seen;
            wishes.onTable(seen);
            near.onTable(seen);
        }
        router.onTable(seen, clockNanos());
    }

    /** Takes in who is there. */
    void onMembers(List<Incarnation> present) {
        members = present;
        endings.membersChanged(present);
    }

    void onReply(Reply reply) {
        router.onReply(reply, clockNanos());
    }

    @Override
    public void received(Peer from, Message message) {
        if (message instanceof Changes changes) {
            receiver.onChanges(((Peer.OfMember) from).incarnation(), changes);
        } else if (message instanceof CacheGivenUp givenUp) {
            endings.onGivenUp(((Peer.OfMember) from).incarnation(), givenUp.cache());
        } else if (message instanceof NearAnswer answer) {
            near.onAnswer(answer, clockNanos());
        } else if (message instanceof NearChanges changes) {
            near.onChanges(changes);
        } else {
            onReply((Reply) message);
        }
    }

    // ---- the member in the same process

    /** Returns the life of a member that is in this process, or null. */
    @Nullable
    SimulatedLife life() {
        return life;
    }

    /** Takes in that a member has come to life in this process. */
    void lives(SimulatedLife begun) {
        Incarnation self = incarnation(begun);
        life = begun;
        near.livesAs(self);
        router.readAt(self);
    }

    /** Takes in that no member lives in this process any more. */
    void livesNoLonger() {
        SimulatedLife ended = life;
        if (ended != null) {
            life = null;
            near.livesAs(null);
            router.readAt(null);
            router.onConnectionLost(incarnation(ended), clockNanos());
        }
    }

    private static Incarnation incarnation(SimulatedLife life) {
        return Objects.requireNonNull(life.member()).self();
    }

    /** R7: answers a read by a copy of this process, or returns null. */
    @Nullable
    Done readAtHand(EntryKey key, Task task) {
        return life == null ? null : life.readAtHand(key, task);
    }

    // ---- reading near

    /** Opens the near cache of a cache. */
    NearCache openNear(int cache, int maximumEntries, long stalenessNanos) {
        return near.open(cache, new FewNearEntries(maximumEntries), stalenessNanos);
    }

    /** Returns the near cache of a cache that is read near here, or null. */
    @Nullable
    NearCache near(int cache) {
        return near.find(cache);
    }

    /** Closes a near cache. */
    void closeNear(NearCache closing) {
        near.close(closing);
    }

    // ---- listening

    /** Tells whether something listens here, of which partitions are reminded now and then. */
    boolean listens() {
        return listener != Listener.NOBODY;
    }

    /** Lets something listen here. */
    void setListener(Listener present) {
        listener = present;
    }

    /** Returns how to tell a partition what this process wants to hear from now on. */
    Task.Listen wish(ChangeInterest interest) {
        return wishes.wish(interest);
    }

    /** Takes in that all partitions have been told. */
    void listens(int cache, Task.Listen wish) {
        wishes.told(cache, wish);
    }

    @Override
    public void tell(int partition, List<PlacedChange> changes) {
        listener.tell(partition, changes, failures -> run(() -> receiver.told(partition, failures)));
    }

    @Override
    public void wasForgotten(int partition, int cache) {
        listener.wasForgotten(partition, cache);
    }

    @Override
    public Collection<Incarnation> members() {
        return members;
    }

    @Override
    public void send(Incarnation member, ClientMessage message) {
        network.send(this, member, message);
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
        Incarnation to = manner == Manner.RESTLESS && network.random().nextInt(10) == 0 ? network.anybody() : member;
        return to != null && network.send(this, to, call);
    }

    @Override
    public void learnTable() {
        if (manner != Manner.OF_MEMBER) {
            network.askForTable(this);
        } else if (life != null) {
            life.learnTable();
        }
    }

    @Override
    public long draw(long bound) {
        return (long) (network.random().nextDouble() * bound);
    }
}
