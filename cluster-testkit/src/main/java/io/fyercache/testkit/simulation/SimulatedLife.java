package io.fyercache.testkit.simulation;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.member.KnownCaches;
import io.fyercache.sharded.member.MemberFences;
import io.fyercache.sharded.member.MemberHost;
import io.fyercache.sharded.member.MemberPost;
import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.member.PlacedCall;
import io.fyercache.sharded.member.PlacedWrite;
import io.fyercache.sharded.member.StorageMember;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.reading.AsideReader;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
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

    /** Until ZooKeeper has told which caches there are. */
    private static final int LONGEST_READING_NANOS = 50_000_000;

    private final ClusterSimulation world;
    private final int node;

    /** What uses caches in the same process; null if nothing does. */
    private final @Nullable ClientProcess user;

    private @Nullable StorageMember member;
    private @Nullable MemberFences fences;
    private @Nullable MemberPost post;
    private @Nullable SimulatedTransport transport;
    private List<Member> members = List.of();
    private @Nullable ZooKeeperClient session;

    /** The version of the latest table that the user was told. */
    private long toldVersion;

    /**
     * Starts a process.
     *
     * @param wrongMillis by how much more than usual the wall clock of the node is ahead
     * @param user what uses caches in the same process, from before this life or since now; null if nothing does
     */
    SimulatedLife(ClusterSimulation world, int node, long wrongMillis, @Nullable ClientProcess user) {
        super(world.timeline(), world.random(), wrongMillis);
        this.world = world;
        this.node = node;
        this.user = user;
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
        if (user != null) {
            user.livesNoLonger();
        }
    }

    @Override
    void hasRun() {
        tellUserOfTable();
        world.check(this);
    }

    /** Members tell each other of tables, too, so it is looked for here and not where ZooKeeper tells. */
    private void tellUserOfTable() {
        VersionedTable known = member == null ? null : member.table();
        ClientProcess here = user;
        if (here != null && !isOver() && known != null && known.version() > toldVersion) {
            toldVersion = known.version();
            here.run(() -> here.onTable(known));
        }
    }

    private StorageMember present() {
        return Objects.requireNonNull(member);
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
        fences = new MemberFences(named.cluster().toString());
        transport = world.listen(this, named.self());
        member = new StorageMember(named, this, settings, clockNanos());
        post = new MemberPost(
                member,
                this,
                transport,
                new CachesLearnedLate(),
                clock(),
                action -> world.timeline().after(1, () -> run(action)));
        if (user != null) {
            user.lives(this);
        }
    }

    private MemberFences fences() {
        return Objects.requireNonNull(fences);
    }

    private MemberPost post() {
        return Objects.requireNonNull(post);
    }

    /** A life learns of the caches when it first hears of one, and some time later. */
    private final class CachesLearnedLate implements KnownCaches {
        private boolean learned;

        @Override
        public boolean knows(int number) {
            return learned;
        }

        @Override
        public boolean has(int number) {
            return world.caches().has(number);
        }

        @Override
        public void tellWhenGivenUp(int number, long client) {
            world.caches().giveUp(SimulatedLife.this, number);
            post().send(client, new CacheGivenUp(number));
        }

        @Override
        public void learn() {
            world.timeline()
                    .after(
                            1L + world.random().nextInt(LONGEST_READING_NANOS),
                            () -> run(() -> {
                                learned = true;
                                post().onCachesLearned();
                            }));
        }
    }

    @Override
    public void received(Peer from, Message message) {
        if (message instanceof Call call) {
            world.asked(call.partition(), call.request());
        }
        post().received(from, message);
    }

    @Override
    public void disconnected(Peer peer) {
        post().disconnected(peer);
    }

    @Override
    public void unreachable(Incarnation other) {
        post().unreachable(other);
    }

    void tick() {
        if (post != null) {
            post.tick();
        }
    }

    void leave() {
        if (member != null) {
            member.leave();
        }
    }

    /** Has the member ask for the latest table. */
    void learnTable() {
        run(() -> present().learnTable());
    }

    /** R7: answers a read in place of the member, as other threads of its process do; returns null if it must be asked. */
    @Nullable
    Done readAtHand(EntryKey key, Task task) {
        HostedCache cache = world.caches().cache(this, key.cache());
        return present()
                .leaves()
                .read(key, (entry, holder) -> cache.readAside(task, key, entry, holder, new Aside()), this::clockNanos);
    }

    /** What those threads need. Clocks of a world agree as it likes, so an entry that expires is read from copies to its end. */
    private final class Aside implements AsideReader {
        @Override
        public long latestMillis() {
            return wallMillis();
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            present().uses().note(key);
        }
    }

    // ---- what ZooKeeper tells

    @Override
    public void membersChanged(MembersPresent told) {
        NamedByNode names = world.namedByNode();
        MembersPresent named = names == null ? told : names.of(told);
        members = named.members();
        if (user != null) {
            world.introduce(user, members);
        }
        post().membersChanged(named);
    }

    @Override
    public void candidatesChanged(List<Incarnation> queue) {
        NamedByNode names = world.namedByNode();
        post().candidatesChanged(names == null ? queue : names.of(queue));
    }

    @Override
    public void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller) {
        NamedByNode names = world.namedByNode();
        post().controllerChanged(epoch, names == null || controller == null ? controller : names.of(controller));
    }

    @Override
    public void tableChanged(VersionedTable table) {
        post().tableChanged(table);
    }

    @Override
    public void licenceRenewed(long sentNanos) {
        post().licenceRenewed(sentNanos);
    }

    @Override
    public void claimEnded(ClaimOutcome outcome) {
        post().claimEnded(outcome);
    }

    @Override
    public void writeEnded(WriteOutcome outcome) {
        post().writeEnded(outcome);
    }

    @Override
    public void refreshed() {
        post().refreshed();
    }

    @Override
    public void expelled() {
        world.expelled(this);
    }

    // ---- what the member wants

    @Override
    public void send(Incarnation to, MemberMessage message) {
        post().send(to, message);
    }

    @Override
    public boolean isLetIn() {
        return true; // Nobody has a wrong secret here.
    }

    @Override
    public void answer(int partition, OperationId request, int attempt, Answer answer) {
        Reply reply = new Reply(partition, request, attempt, answer);
        if (world.answers(this, reply)) {
            tell(request.client(), reply);
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
    public void tell(long client, ClientMessage message) {
        ClientProcess here = user;
        if (here != null && here.number() == client) {
            Peer self = new Peer.OfMember(present().self());
            world.timeline().after(1, () -> here.run(() -> here.received(self, message)));
        } else {
            post().send(client, message);
        }
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
        world.caches().evicted(this, key, value);
    }

    /** Takes out what the order of its cache has chosen, as soon as the thread of its partition has time for that. */
    void evictSoon(EntryKey key) {
        long nanos = 1L + world.random().nextInt(LONGEST_QUEUE_NANOS);
        world.timeline().after(nanos, () -> run(() -> present().evict(key, clockNanos(), wallMillis())));
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
                        fences().of(partition, call),
                        outcome -> run(() -> present().onUserCode(partition, outcome, clockNanos(), wallMillis())));
    }

    @Override
    public void write(int cache, List<PlacedWrite> batch) {
        world.caches()
                .write(
                        this,
                        cache,
                        batch.stream().map(PlacedWrite::write).toList(),
                        fences().ofWrites(batch),
                        outcome -> run(() -> {
                            int unused = present().onWritten(cache, outcome, clockNanos(), wallMillis());
                        }));
    }

    @Override
    public double draw() {
        return world.random().nextDouble();
    }

    @Override
    public void runUserCodeTogether(List<PlacedCall> calls) {
        List<UserCodeCall> unplaced = calls.stream().map(PlacedCall::call).toList();
        world.caches()
                .runTogether(
                        this,
                        unplaced,
                        fences().ofCalls(calls),
                        outcomes -> run(() -> {
                            for (int i = 0; i < calls.size(); i++) {
                                present()
                                        .onUserCode(
                                                calls.get(i).partition(), outcomes.get(i), clockNanos(), wallMillis());
                            }
                        }));
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
