package io.fyercache.sharded.node;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.DefinitionReader;
import io.fyercache.core.engine.EvictionReports;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import io.fyercache.core.write.DueWrite;
import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.event.ClusterEvent.ChangesGivenUp;
import io.fyercache.sharded.member.KnownCaches;
import io.fyercache.sharded.member.MemberFences;
import io.fyercache.sharded.member.MemberHost;
import io.fyercache.sharded.member.MemberPost;
import io.fyercache.sharded.member.PlacedCall;
import io.fyercache.sharded.member.PlacedWrite;
import io.fyercache.sharded.member.StorageMember;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.node.Coordination.EntryFailure;
import io.fyercache.sharded.node.Coordination.EntryListener;
import io.fyercache.sharded.node.Coordination.Visit;
import io.fyercache.sharded.node.LifeEnd.Expelled;
import io.fyercache.sharded.node.LifeEnd.Failed;
import io.fyercache.sharded.node.LifeEnd.Left;
import io.fyercache.sharded.node.LifeEnd.NotBegun;
import io.fyercache.sharded.reading.AsideReader;
import io.fyercache.sharded.reading.ReadLeaves;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.sharded.transport.netty.ListeningPort;
import io.fyercache.sharded.transport.netty.NettyTransport;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One life of a member in this process, from the attempt to join to its end: what the state machines need of a process, and what is told to
 * them. Each thing that happens is a step; if one fails the life is over, since nobody knows any more what it holds, and another begins with
 * nothing.
 *
 * <p>Used by the process's thread.
 */
final class MemberLife
        implements CoordinationListener, EntryListener<ClusterCoordinator>, TransportListener, NodeRouter.OwnMember {
    private static final Logger LOGGER = System.getLogger(MemberLife.class.getName());

    /** Nanoseconds between two looks at the clock, 10 ms: a tenth of a heartbeat. */
    private static final long TICK_NANOS = 10_000_000;

    private final Surroundings surroundings;
    private final Clock clock = SystemClock.INSTANCE;
    private final HostedCaches caches;
    private final AsideReader aside = new Aside();
    private final LastWrites lastWrites;
    private @Nullable Visit visit;
    private @Nullable Present present;

    /** The version of the latest table that the router knows of. */
    private long routedVersion;

    private boolean leaving;

    /** Written by the process's thread. */
    private volatile boolean over;

    /** Complete when this life is over and no user code of it runs any more. */
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    /**
     * What stays when lives come and go.
     *
     * @param userCode runs the user's code of calls
     * @param evictions tells users' listeners of evictions
     * @param owner is told what becomes of the life
     */
    record Surroundings(
            MemberNodeSettings settings,
            ProcessLoop loop,
            ListeningPort port,
            NodeRouter router,
            CacheDirectory directory,
            Executor userCode,
            EvictionReports evictions,
            DefinitionReader reader,
            Owner owner) {}

    /** Who begins lives. */
    interface Owner {
        /** The member is in the cluster. */
        void began(MemberLife life);

        /** The life is over. Called once, also if it has not begun. */
        void ended(MemberLife life, LifeEnd how);
    }

    /** What there is from when the member is in the cluster. */
    private record Present(StorageMember member, MemberPost post, Transport transport, Future<?> ticks) {}

    MemberLife(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.lastWrites = new LastWrites(surroundings.settings().name());
        this.caches = new HostedCaches(
                surroundings.settings().name(),
                surroundings.reader(),
                clock,
                surroundings.userCode(),
                surroundings.evictions(),
                this::evictSoon);
    }

    /** Tries to join. */
    Visit join(Coordination coordination, MemberDescription description) {
        Visit begun = coordination.join(surroundings.router().cluster(), description, surroundings.loop(), this, this);
        visit = begun;
        return begun;
    }

    @Override
    public void entered(ClusterCoordinator coordinator) {
        MemberNodeSettings settings = surroundings.settings();
        ProcessLoop loop = surroundings.loop();
        MemberHost host = new Host(new MemberFences(coordinator.cluster().toString()));
        Transport transport = NettyTransport.ofMember(
                settings.connections().in(coordinator.cluster()),
                new Peer.OfMember(coordinator.self()),
                surroundings.port(),
                loop,
                this);
        StorageMember member = new StorageMember(coordinator, host, settings.member(), clock.nanoTime());
        MemberPost post = new MemberPost(member, host, transport, new CachesOfCluster(), clock, this::later);
        present = new Present(member, post, transport, loop.every(TICK_NANOS, this::tick));
        surroundings.router().enter(coordinator.cluster());
        surroundings.router().lives(this);
        surroundings.directory().follow(coordinator, this::cachesChanged, () -> step(post::onCachesLearned));
        surroundings.owner().began(this);
    }

    private void cachesChanged(List<NumberedCache> told) {
        step(() -> {
            surroundings.router().cachesChanged(told);
            caches.cachesChanged(told);
        });
    }

    @Override
    public void failed(EntryFailure why) {
        if (present == null) {
            end(new NotBegun(why));
        } else {
            LOGGER.log(Level.ERROR, "member {0}: {1}", surroundings.settings().name(), why.message());
            end(Expelled.EXPELLED);
        }
    }

    private Present present() {
        if (present == null) {
            throw new IllegalStateException("member " + surroundings.settings().name()
                    + ": something happens (expected: nothing before it has joined)");
        }
        return present;
    }

    /** Does something on the process's thread, soon, unless this life is over by then. */
    private void later(Runnable action) {
        surroundings.loop().execute(() -> step(action));
    }

    private void step(Runnable action) {
        if (over) {
            return;
        }
        try {
            action.run();
            routeByTable();
        } catch (RuntimeException | Error e) {
            LOGGER.log(
                    Level.ERROR,
                    "member " + surroundings.settings().name()
                            + " has met what cannot be, gives up what it holds and joins again; please report this",
                    e);
            end(new Failed(e));
        }
    }

    /** Members tell each other of tables, too, so it is looked for here and not where ZooKeeper tells. */
    private void routeByTable() {
        VersionedTable known = present == null ? null : present.member().table();
        if (known != null && known.version() > routedVersion) {
            routedVersion = known.version();
            surroundings.router().onTable(known);
        }
    }

    private void tick() {
        step(() -> {
            present().post().tick();
            caches.tick();
            long nowNanos = clock.nanoTime();
            surroundings.router().onLicence(present().member().hasLicence(nowNanos));
            present()
                    .member()
                    .clusterMillis(nowNanos)
                    .ifPresent(millis -> surroundings.router().onTime(millis, nowNanos));
            if (leaving
                    && !present().member().hasHeirs()
                    && lastWrites.areOver(present().member(), clock.nanoTime())) {
                end(Left.LEFT);
            }
        });
    }

    // ---- leaving

    /** Begins to leave: hands over what is here, if anybody is there to take it. The owner is told of the end. */
    void leave() {
        if (present == null) {
            end(Left.LEFT);
        } else {
            leaving = true;
            step(() -> present().member().leave());
        }
    }

    /** Ends the life at once. */
    void end(LifeEnd how) {
        if (over) {
            return;
        }
        over = true;
        Present ending = present;
        if (ending != null) {
            ending.ticks().cancel(false);
            surroundings.directory().unfollow();
            surroundings.router().livesNoLonger(this);
            ending.transport().close();
        }
        CompletableFuture<Void> unused = caches.end().thenAccept(givenUp::complete);
        if (visit != null) {
            visit.leave();
        }
        surroundings.owner().ended(this, how);
    }

    /** Returns what is complete when this life is over, no user code of it runs any more, and all of the user's objects are closed. */
    CompletableFuture<Void> givenUp() {
        return givenUp;
    }

    /** Sees to it that the newest table is learned. */
    void learnTable() {
        if (present != null) {
            step(() -> present().member().learnTable());
        }
    }

    // ---- from connections

    @Override
    public Incarnation self() {
        return present().member().self();
    }

    @Override
    public @Nullable Done read(EntryKey key, Task task) {
        HostedCache cache = caches.find(key.cache());
        if (cache == null) {
            return null;
        }
        ReadLeaves leaves = present().member().leaves();
        Done answer =
                leaves.read(key, (entry, holder) -> cache.readAside(task, key, entry, holder, aside), clock::nanoTime);
        if (answer == null || over) {
            return null;
        }
        cache.counters().count(answer.tally());
        return answer;
    }

    @Override
    public SortedMap<Integer, CacheCounts> counts() {
        return caches.counts();
    }

    /** What threads other than the process's need when they read. */
    private final class Aside implements AsideReader {
        @Override
        public long latestMillis() {
            return surroundings.settings().member().protocolTimes().latestMillis(clock.millis());
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            present().member().uses().note(key);
        }
    }

    @Override
    public void received(ClientMessage message) {
        step(() -> present()
                .post()
                .received(new Peer.OfClient(surroundings.router().client()), message));
    }

    @Override
    public void received(Peer from, Message message) {
        step(() -> present().post().received(from, message));
    }

    @Override
    public void disconnected(Peer peer) {
        step(() -> present().post().disconnected(peer));
    }

    @Override
    public void unreachable(Incarnation other) {
        step(() -> present().post().unreachable(other));
    }

    // ---- from ZooKeeper

    @Override
    public void membersChanged(MembersPresent members) {
        surroundings.router().membersChanged(members.members());
        step(() -> present().post().membersChanged(members));
    }

    @Override
    public void candidatesChanged(List<Incarnation> queue) {
        step(() -> present().post().candidatesChanged(queue));
    }

    @Override
    public void controllerChanged(ControllerEpoch epoch, @Nullable Incarnation controller) {
        step(() -> present().post().controllerChanged(epoch, controller));
    }

    @Override
    public void tableChanged(VersionedTable table) {
        step(() -> present().post().tableChanged(table));
    }

    @Override
    public void licenceRenewed(long sentNanos) {
        step(() -> present().post().licenceRenewed(sentNanos));
    }

    @Override
    public void claimEnded(ClaimOutcome outcome) {
        step(() -> present().post().claimEnded(outcome));
    }

    @Override
    public void writeEnded(WriteOutcome outcome) {
        step(() -> present().post().writeEnded(outcome));
    }

    @Override
    public void refreshed() {
        step(() -> present().post().refreshed());
    }

    @Override
    public void expelled() {
        end(Expelled.EXPELLED);
    }

    /** The caches, as far as ZooKeeper has told. */
    private final class CachesOfCluster implements KnownCaches {
        @Override
        public boolean knows(int number) {
            return caches.knows(number);
        }

        @Override
        public boolean has(int number) {
            return caches.has(number);
        }

        @Override
        public void learn() {
            surroundings.directory().learn();
        }

        @Override
        public void tellWhenGivenUp(int number, long client) {
            CompletableFuture<Void> unused =
                    caches.givenUp(number).thenRun(() -> conclude(() -> say(client, new CacheGivenUp(number))));
        }

        private void say(long client, CacheGivenUp message) {
            NodeRouter router = surroundings.router();
            if (client == router.client()) {
                router.received(self(), message);
            } else {
                present().post().send(client, message);
            }
        }
    }

    private void evictSoon(EntryKey key) {
        later(() -> present().member().evict(key, clock.nanoTime(), clock.millis()));
    }

    /** Does what follows from user code that has ended, which may be later than everything else. */
    private void conclude(Runnable conclusion) {
        try {
            later(conclusion);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "what came of user code is lost: the process has ended", e);
        }
    }

    // ---- what the member wants

    /** The process, as the member knows it. */
    private final class Host implements MemberHost {
        private final MemberFences fences;

        Host(MemberFences fences) {
            this.fences = fences;
        }

        @Override
        public void send(Incarnation to, MemberMessage message) {
            present().post().send(to, message);
        }

        @Override
        public boolean isLetIn() {
            return surroundings.router().isLetIn();
        }

        @Override
        public void answer(int partition, OperationId request, int attempt, Answer answer) {
            Reply reply = new Reply(partition, request, attempt, answer);
            NodeRouter router = surroundings.router();
            if (request.client() == router.client()) {
                surroundings.loop().execute(() -> router.received(reply));
            } else {
                present().post().send(reply);
            }
        }

        @Override
        public void committed(int partition, LogEntry entry) {
            // Nobody asks.
        }

        @Override
        public void tell(long client, ClientMessage message) {
            NodeRouter router = surroundings.router();
            if (client == router.client()) {
                Incarnation here = self();
                surroundings.loop().execute(() -> router.received(here, message));
            } else {
                present().post().send(client, message);
            }
        }

        @Override
        public void changesGivenUp(int partition, long generation, long number) {
            surroundings.router().note(new ChangesGivenUp(partition));
            LOGGER.log(
                    Level.ERROR,
                    "partition {0} waits no longer for processes that listen, and have not taken its changes up to {1} (expected:"
                            + " that they take them in time); they are forgotten, and told so",
                    partition,
                    number);
        }

        @Override
        public void expired(int partition, EntryKey key) {
            caches.expired(key.cache());
        }

        @Override
        public void evicted(int partition, EntryKey key, EncodedValue value) {
            caches.evicted(key, value);
        }

        @Override
        public HostedCache cache(int number) {
            return caches.cache(number);
        }

        @Override
        public void runUserCode(int partition, UserCodeCall call) {
            HostedCache cache = cache(call.key().cache());
            caches.run(call.key().cache(), () -> {
                UserCodeOutcome outcome = cache.run(call, fences.of(partition, call));
                conclude(() -> concluded(partition, outcome));
            });
        }

        @Override
        public void runUserCodeTogether(List<PlacedCall> calls) {
            int number = calls.get(0).call().key().cache();
            HostedCache cache = cache(number);
            List<UserCodeCall> unplaced = calls.stream().map(PlacedCall::call).toList();
            caches.run(number, () -> {
                List<UserCodeOutcome> outcomes = cache.runTogether(unplaced, fences.ofCalls(calls));
                conclude(() -> {
                    for (int i = 0; i < calls.size(); i++) {
                        concluded(calls.get(i).partition(), outcomes.get(i));
                    }
                });
            });
        }

        @Override
        public void write(int number, List<PlacedWrite> batch) {
            HostedCache cache = cache(number);
            List<DueWrite<EntryKey, UnwrittenChange>> unplaced =
                    batch.stream().map(PlacedWrite::write).toList();
            caches.run(number, () -> {
                long startNanos = clock.nanoTime();
                BatchOutcome outcome = cache.write(unplaced, fences.ofWrites(batch));
                long nanos = clock.nanoTime() - startNanos;
                conclude(() -> {
                    int given = present().member().onWritten(number, outcome, clock.nanoTime(), clock.millis());
                    caches.written(number, batch.size(), outcome, nanos, given);
                });
            });
        }

        @Override
        public double draw() {
            return ThreadLocalRandom.current().nextDouble();
        }

        private void concluded(int partition, UserCodeOutcome outcome) {
            present().member().onUserCode(partition, outcome, clock.nanoTime(), clock.millis());
        }

        @Override
        public void partitionLost(int partition, long generation, List<Incarnation> lastOwners) {
            LOGGER.log(
                    Level.ERROR,
                    "partition {0} was lost with all of its copies, which were on {1}; its generation {2} has begun empty",
                    partition,
                    lastOwners,
                    generation);
        }

        @Override
        public void clocksDiffer(Incarnation other, long aheadMillis) {
            LOGGER.log(Level.WARNING, "the clock of {0} is ahead of that of this member by {1} ms", other, aheadMillis);
        }

        @Override
        public void clocksAgree(Incarnation other, long aheadMillis) {
            LOGGER.log(Level.INFO, "the clocks of {0} and of this member agree again", other);
        }

        @Override
        public void hasLeft() {
            later(() -> end(Left.LEFT));
        }
    }

    @Override
    public String toString() {
        return present == null ? "joining" : present.member().toString();
    }
}
