package io.fyercache.testkit.simulation;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.member.MemberHost;
import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.member.StorageMember;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.testkit.coordination.SimulatedCoordinator;
import io.fyercache.testkit.transport.SimulatedTransport;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One life of a whole member on a node, on a clock of its own. It is nobody until its znode is there. */
final class SimulatedLife extends SimulatedProcess implements MemberHost, CoordinationListener, TransportListener {
    private static final int LONGEST_QUEUE_NANOS = 20_000_000;

    private final ClusterSimulation world;
    private final int node;

    private @Nullable StorageMember member;
    private @Nullable SimulatedTransport transport;
    private List<Member> members = List.of();
    private @Nullable ZooKeeperClient session;

    /**
     * Starts a process.
     *
     * @param wrongMillis by how much more than usual the wall clock of the node is ahead
     */
    SimulatedLife(ClusterSimulation world, int node, long wrongMillis) {
        super(world.timeline(), world.random(), wrongMillis);
        this.world = world;
        this.node = node;
    }

    int node() {
        return node;
    }

    /** Returns the member that it is, or null as long as it is none. */
    @Nullable
    StorageMember member() {
        return member;
    }

    /** Returns who is there, as far as it knows. */
    List<Member> members() {
        return members;
    }

    /** Breaks all its connections. */
    void breakConnections() {
        if (transport != null) {
            transport.breakConnections();
        }
    }

    @Override
    void hasEnded() {
        if (transport != null) {
            transport.close();
        }
    }

    @Override
    void hasRun() {
        world.check(this);
    }

    private StorageMember present() {
        return Objects.requireNonNull(member);
    }

    private SimulatedTransport openTransport() {
        return Objects.requireNonNull(transport);
    }

    void cutOffSession(FakeZooKeeper zooKeeper, long nanos) {
        if (session != null) {
            zooKeeper.cutOff(session, FakeZooKeeper.Loss.EVERYTHING, nanos);
        }
    }

    void restoreSession(FakeZooKeeper zooKeeper) {
        if (session != null) {
            zooKeeper.restore(session);
        }
    }

    // ---- what comes in

    /** Becomes a member: the znode is there. */
    void begin(SimulatedCoordinator coordinator, MemberSettings settings) {
        session = coordinator.session();
        NamedByNode names = world.namedByNode();
        ClusterCoordinator named = names == null ? coordinator : names.of(coordinator, "node" + node);
        transport = world.listen(this, named.self());
        member = new StorageMember(named, this, settings, clockNanos());
    }

    @Override
    public void received(Peer from, Message message) {
        if (from instanceof Peer.OfMember other) {
            present().onMessage(other.incarnation(), (MemberMessage) message, clockNanos(), wallMillis());
        } else {
            received(((Peer.OfClient) from).client(), (ClientMessage) message);
        }
    }

    private void received(long client, ClientMessage message) {
        if (message instanceof Call call) {
            world.asked(call.partition(), call.request());
            present().onRequest(call.partition(), call.request(), clockNanos(), wallMillis());
        } else if (message == ListenerBeat.LISTENER_BEAT) {
            present().onListenerBeat(client, clockNanos());
        } else {
            present().onChangesHeard(client, (ChangesHeard) message, clockNanos());
        }
    }

    @Override
    public void disconnected(Peer peer) {
        // It is made again at once, or else unreachable.
    }

    @Override
    public void unreachable(Incarnation other) {
        present().onConnectionLost(other);
    }

    void tick() {
        if (member != null) {
            member.onTick(clockNanos(), wallMillis());
        }
    }

    void leave() {
        if (member != null) {
            member.leave();
        }
    }

    // ---- what ZooKeeper tells

    @Override
    public void membersChanged(MembersPresent told) {
        NamedByNode names = world.namedByNode();
        MembersPresent named = names == null ? told : names.of(told);
        members = named.members();
        openTransport().membersChanged(members);
        present().onMembers(named, clockNanos());
    }

    @Override
    public void candidatesChanged(List<Incarnation> queue) {
        NamedByNode names = world.namedByNode();
        present().onCandidates(names == null ? queue : names.of(queue));
    }

    @Override
    public void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller) {
        NamedByNode names = world.namedByNode();
        present().onController(epoch, names == null || controller == null ? controller : names.of(controller));
    }

    @Override
    public void tableChanged(VersionedTable table) {
        present().onTable(table, clockNanos());
    }

    @Override
    public void licenceRenewed(long sentNanos) {
        present().onLicence(sentNanos);
    }

    @Override
    public void claimEnded(ClaimOutcome outcome) {
        present().onClaim(outcome, clockNanos());
    }

    @Override
    public void writeEnded(WriteOutcome outcome) {
        present().onWrite(outcome, clockNanos());
    }

    @Override
    public void refreshed() {
        present().onRefreshed(clockNanos());
    }

    @Override
    public void expelled() {
        world.expelled(this);
    }

    // ---- what the member wants

    @Override
    public void send(Incarnation to, MemberMessage message) {
        if (to.equals(present().self())) {
            world.timeline().after(1, () -> run(() -> present().onMessage(to, message, clockNanos(), wallMillis())));
        } else {
            openTransport().send(new Peer.OfMember(to), message);
        }
    }

    @Override
    public void answer(int partition, OperationId request, int attempt, Answer answer) {
        Reply reply = new Reply(partition, request, attempt, answer);
        if (world.answers(this, reply)) {
            openTransport().send(new Peer.OfClient(request.client()), reply);
        }
    }

    @Override
    public void committed(int partition, LogEntry entry) {
        PartitionRecord known = present().replica(partition).record();
        if (known != null) {
            world.committed(partition, known, entry);
        }
    }

    @Override
    public void tell(long client, Changes changes) {
        openTransport().send(new Peer.OfClient(client), changes);
    }

    @Override
    public void changesGivenUp(int partition, long generation, long number) {
        world.changesGivenUp(partition, generation, number);
    }

    @Override
    public void expired(int partition, EntryKey key) {
        // PartitionSimulation counts.
    }

    @Override
    public void evicted(int partition, EntryKey key, EncodedValue value) {
        // PartitionSimulation counts.
    }

    /** Takes out what the order of its cache has chosen, as soon as the thread of its partition has time for that. */
    void evictSoon(EntryKey key) {
        int partition = KeyHash.partition(key.key().hash(), world.partitions());
        long nanos = 1L + world.random().nextInt(LONGEST_QUEUE_NANOS);
        world.timeline().after(nanos, () -> run(() -> present().evict(partition, key, clockNanos(), wallMillis())));
    }

    @Override
    public HostedCache cache(int number) {
        return world.caches().cache(this, number);
    }

    @Override
    public void runUserCode(int partition, UserCodeCall call) {
        world.caches()
                .run(
                        this,
                        call,
                        outcome -> run(() -> present().onUserCode(partition, outcome, clockNanos(), wallMillis())));
    }

    @Override
    public void partitionLost(int partition, long generation, List<Incarnation> lastOwners) {
        world.partitionLost(this, partition, generation);
    }

    @Override
    public void clocksDiffer(Incarnation other, long aheadMillis) {
        world.clocksCompared(this, other, aheadMillis, ClockWatch.Verdict.DIFFER);
    }

    @Override
    public void clocksAgree(Incarnation other, long aheadMillis) {
        world.clocksCompared(this, other, aheadMillis, ClockWatch.Verdict.AGREE);
    }

    @Override
    public void hasLeft() {
        world.hasLeft(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("node ").append(node);
        StorageMember present = member;
        if (present == null) {
            return text.append(isOver() ? " over" : " starting").toString();
        }
        text.append(isOver() ? " over: " : isPaused() ? " paused: " : ": ").append(present);
        for (int partition = 0; partition < present.replicaCount(); partition++) {
            text.append(' ')
                    .append(partition)
                    .append(':')
                    .append(present.replica(partition).state());
        }
        return text.toString();
    }
}
