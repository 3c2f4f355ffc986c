package io.fyercache.sharded.node;

import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.NearSettings;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.client.CacheEndings;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.client.RetryPolicy;
import io.fyercache.sharded.client.RouterHost;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.engine.RouterAccess;
import io.fyercache.sharded.engine.Submission;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.event.ClusterWatch;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.sharded.near.NearCaches;
import io.fyercache.sharded.node.ClusterPicture.Licence;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import io.fyercache.sharded.transport.TransportListener;
import io.fyercache.sharded.transport.netty.NettyTransport;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The router of a process, with its connections to members and with the callers that wait for it. A call to the member in the same process takes
 * no connection. It stays while lives of that member come and go.
 *
 * <p>Used by the process's thread, but for what {@link RouterAccess} has.
 */
final class NodeRouter implements RouterAccess, RouterHost, TransportListener {
    private static final Logger LOGGER = System.getLogger(NodeRouter.class.getName());

    /** Nanoseconds between two looks at what is overdue, 10 ms: the shortest pause of a client. */
    static final long TICK_NANOS = 10_000_000;

    private final ProcessLoop loop;
    private final Clock clock;
    private final NodeConnections connections;
    private final Runnable learnTable;

    /** Drawn among 2^64: no two processes have ever had the same. */
    private final long client = new SecureRandom().nextLong();

    private final RequestRouter router;
    private final NodeListeners listeners;
    private final CacheEndings endings = new CacheEndings(this::say);
    private final MemberCounts counts;
    private final ClusterTime time;
    private final NearCaches near;
    private final NodeTopics topics;
    private final CompletableFuture<PartitionLayout> layout = new CompletableFuture<>();
    private final FirstContact contact;
    private final EventJournal events;
    private final ClusterWatch watch;
    private @Nullable Transport transport;

    /** Written by the process's thread. */
    private volatile @Nullable OwnMember own;

    private final List<Consumer<List<NumberedCache>>> onCaches = new CopyOnWriteArrayList<>();

    private boolean closed;

    /** Written by the process's thread. */
    private volatile ClusterPicture picture;

    /** The member in the same process, as its router calls it. */
    interface OwnMember {
        Incarnation self();

        /** Takes what this process says to it. */
        void received(ClientMessage message);

        /** Answers a read, as {@link RouterAccess#readAtHand} does. Any thread may ask. */
        @Nullable
        Done read(EntryKey key, Task task);

        /** Returns what it has counted of each cache, by number. Any thread may ask. */
        SortedMap<Integer, CacheCounts> counts();
    }

    /**
     * Makes the router of a process that has not found its cluster yet.
     *
     * @param part what the process takes in the cluster
     * @param learnTable has the latest table told, soon
     * @param classLoader finds the classes of listeners
     */
    NodeRouter(
            ClusterPicture.Part part,
            ProcessLoop loop,
            Clock clock,
            NodeConnections connections,
            Runnable learnTable,
            ClassLoader classLoader) {
        this.picture = ClusterPicture.empty(part);
        this.loop = loop;
        this.clock = clock;
        this.connections = connections;
        this.learnTable = learnTable;
        this.router = new RequestRouter(client, this, RetryPolicy.STANDARD, clock.nanoTime());
        this.near = new NearCaches(this::say, clock::nanoTime, Rules.ALL);
        this.counts = new MemberCounts(loop, clock, this::say);
        this.time = new ClusterTime(loop, clock, this::say);
        this.topics = new NodeTopics(loop, clock, this::say, learnTable, classLoader);
        this.contact = new FirstContact(clock.nanoTime());
        this.events = new EventJournal(clock, classLoader);
        this.watch = new ClusterWatch(events::note);
        this.listeners = new NodeListeners(router, this::say, loop, classLoader, events::note, clock.nanoTime());
    }

    /** Returns what completes when the process is believed in its cluster, or nobody is there; see {@link FirstContact#made}. */
    CompletableFuture<Void> contact() {
        return contact.made();
    }

    /** Tells whether the process is believed in its cluster, or nobody is there. */
    boolean isLetIn() {
        CompletableFuture<Void> made = contact.made();
        return made.isDone() && !made.isCompletedExceptionally();
    }

    /** Returns what has happened. Any thread may use it. */
    ClusterEvents events() {
        return events;
    }

    /** Returns the topics of the cluster. Any thread may use it. */
    InvalidationBusProvider topics() {
        return topics;
    }

    /** Notes what has happened to this process. */
    void note(ClusterEvent event) {
        events.note(event);
    }

    /** Returns which client this is. */
    long client() {
        return client;
    }

    // ---- callers

    @Override
    public PartitionLayout layout() {
        loop.requireOther("a cache of a cluster");
        return Waiting.forFirst(layout, "number of partitions", "members that have founded the cluster");
    }

    @Override
    public @Nullable Done readAtHand(EntryKey key, Task task) {
        OwnMember here = own;
        return here == null ? null : here.read(key, task);
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    @Override
    public List<CallOutcome> carryOut(List<Submission> submissions) {
        loop.requireOther("a cache of a cluster");
        CallBatch batch = new CallBatch(submissions);
        try {
            loop.execute(() -> batch.begin(this::make));
        } catch (RejectedExecutionException e) {
            throw closed();
        }
        return WorkThreads.away(batch::await);
    }

    @Override
    public Task.Listen listen(int cache, ChangeListeners present) {
        loop.requireOther("a cache of a cluster");
        try {
            return listeners.listen(cache, present);
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    @Override
    public void listens(int cache, Task.Listen told) {
        try {
            listeners.listens(cache, told);
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    @Override
    public NearCache openNear(int cache, NearSettings settings) {
        try {
            return CompletableFuture.supplyAsync(
                            () -> near.open(
                                    cache,
                                    new CaffeineNearEntries(settings.maximumEntries()),
                                    settings.maximumStalenessNanos()),
                            loop)
                    .join();
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    @Override
    public void closeNear(NearCache closing) {
        try {
            loop.execute(() -> near.close(closing));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.DEBUG, "nothing is near any more: the process has ended", e);
        }
    }

    /**
     * Waits until all members have given up a cache that is destroyed (Z5). If one does not say so in time, that is logged; who is interrupted waits
     * no longer.
     */
    void awaitGivenUp(int cache) {
        loop.requireOther("a cache of a cluster");
        CompletableFuture<List<Incarnation>> end = new CompletableFuture<>();
        try {
            loop.execute(() -> awaitGivenUp(cache, end::complete));
        } catch (RejectedExecutionException e) {
            throw closed();
        }
        try {
            List<Incarnation> silent = end.get();
            if (!silent.isEmpty()) {
                LOGGER.log(
                        Level.WARNING,
                        "cache number {0} of the cluster is destroyed, and members {1} have not said within {2} s that none of its user code"
                                + " runs there (expected: that loaders, writers and processors return); they close them when it has ended",
                        cache,
                        silent,
                        TimeUnit.NANOSECONDS.toSeconds(CacheEndings.LIMIT_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void awaitGivenUp(int cache, Consumer<List<Incarnation>> ended) {
        if (closed) {
            ended.accept(List.of());
        } else {
            endings.await(cache, clock.nanoTime(), ended);
        }
    }

    /** Returns {@link ClusterStatus#served}. */
    ServedCounts served(List<Integer> caches) {
        return counts.gather(caches);
    }

    /** Returns {@link ClusterStatus#servedHere}. Any thread may ask. */
    SortedMap<Integer, CacheCounts> servedHere() {
        OwnMember here = own;
        return here == null ? Collections.emptySortedMap() : here.counts();
    }

    private void make(Submission submission, CallOwner owner) {
        if (closed) {
            throw closed();
        }
        submission.submitTo(router, clock.nanoTime(), owner);
    }

    static IllegalStateException closed() {
        return new IllegalStateException(
                "the process's place in its cluster: closed (expected: open); open another one");
    }

    // ---- what the process learns

    /** Returns which cluster the process has been in: from then on it has to do with no other. */
    Optional<UUID> cluster() {
        return picture.cluster();
    }

    /**
     * Takes in which cluster this is, and connects from now on.
     *
     * @throws IllegalArgumentException if the process has been in another one
     */
    void enter(UUID found) {
        Optional<UUID> former = picture.cluster();
        if (former.isPresent()) {
            requireSame(former.get(), found);
            return;
        }
        picture = picture.in(found);
        NettyTransport opened = NettyTransport.ofClient(connections.in(found), new Peer.OfClient(client), loop, this);
        opened.membersChanged(picture.members());
        transport = opened;
        contact.knockAt(opened::knock);
    }

    private static void requireSame(UUID former, UUID found) {
        if (!former.equals(found)) {
            throw new IllegalArgumentException(
                    "cluster: " + found + " (expected: " + former + ", in which this process has been)");
        }
    }

    void membersChanged(List<Member> present) {
        picture = picture.withMembers(present);
        watch.membersChanged(present);
        List<Incarnation> incarnations =
                present.stream().map(Member::incarnation).toList();
        listeners.membersChanged(incarnations);
        endings.membersChanged(incarnations);
        counts.membersChanged(incarnations);
        time.membersChanged(incarnations);
        if (transport != null) {
            transport.membersChanged(present);
        }
        contact.membersChanged(present);
        contact.onTick(clock.nanoTime());
    }

    void onTable(VersionedTable table) {
        router.onTable(table, clock.nanoTime());
        listeners.onTable(table);
        near.onTable(table);
        topics.onTable(table);
        watch.tableChanged(table);
        layout.complete(table.table().layout());
        // Members tell each other, too, and what comes from ZooKeeper may be older by then.
        if (picture.table().map(VersionedTable::version).orElse(0L) < table.version()) {
            picture = picture.with(table);
        }
    }

    /** Takes in which caches are defined. */
    void cachesChanged(List<NumberedCache> caches) {
        picture = picture.withCaches(caches);
        onCaches.forEach(listener -> listener.accept(caches));
    }

    /** Has somebody told of that from now on. Any thread may ask. */
    void onCaches(Consumer<List<NumberedCache>> listener) {
        onCaches.add(listener);
    }

    /** Returns {@link ClusterStatus#picture}. Any thread may ask. */
    ClusterPicture picture() {
        return picture;
    }

    /** Takes in that a member of this process lives. */
    void lives(OwnMember member) {
        own = member;
        near.livesAs(member.self());
        picture = picture.as(Optional.of(member.self()));
        contact.livesAs(member.self());
        router.readAt(member.self());
        watch.lifeBegan();
    }

    /** Takes in whether the member of this process has a licence (L1). */
    void onLicence(boolean valid) {
        watch.onLicence(valid);
        Licence licence = valid ? Licence.VALID : Licence.NONE;
        // Told every few milliseconds, and hardly ever another one.
        if (picture.licence() != licence) {
            picture = picture.with(licence);
        }
    }

    /** Takes in what the time of the cluster was when the process's clock that never steps back showed {@code nanos}, as its member has found out. */
    void onTime(long millis, long nanos) {
        time.onTime(millis, nanos);
    }

    /** Returns {@link ClusterNode#clock}. Any thread but the process's may ask. */
    Clock clusterClock() {
        if (picture.part() == ClusterPicture.Part.CLIENT) {
            time.ask();
        }
        return time.clock();
    }

    /** Takes in that the member of this process lives no longer. */
    void livesNoLonger(OwnMember member) {
        if (member.equals(own)) {
            router.readAt(null);
            own = null;
            near.livesAs(null);
            picture = picture.as(Optional.empty());
            router.onConnectionLost(member.self(), clock.nanoTime());
        }
    }

    void tick() {
        router.onTick(clock.nanoTime());
        listeners.onTick(clock.nanoTime());
        near.onTick(clock.nanoTime());
        topics.onTick();
        endings.onTick(clock.nanoTime());
        counts.tick();
        time.tick();
        contact.onTick(clock.nanoTime());
    }

    /** Takes an answer of this process's own member. */
    void received(Reply reply) {
        router.onReply(reply, clock.nanoTime());
    }

    /** Takes what a member, maybe this process's own, tells it that is no answer to a call. */
    void received(Incarnation from, ClientMessage message) {
        if (message instanceof Changes changes) {
            listeners.received(from, changes);
        } else if (message instanceof CacheGivenUp givenUp) {
            endings.onGivenUp(from, givenUp.cache());
        } else if (message instanceof NearAnswer answer) {
            near.onAnswer(answer, clock.nanoTime());
        } else if (message instanceof NearChanges changes) {
            near.onChanges(changes);
        } else if (message instanceof CountsTold told) {
            counts.received(from, told);
        } else if (message instanceof TimeTold told) {
            time.received(from, told);
        } else if (message instanceof FromRelay relayed) {
            topics.received(relayed);
        }
    }

    // ---- from connections

    @Override
    public void received(Peer from, Message message) {
        if (message instanceof Reply reply) {
            received(reply);
        } else {
            received(((Peer.OfMember) from).incarnation(), (ClientMessage) message);
        }
    }

    @Override
    public void disconnected(Peer peer) {
        unreachable(((Peer.OfMember) peer).incarnation());
    }

    @Override
    public void unreachable(Incarnation member) {
        router.onConnectionLost(member, clock.nanoTime());
    }

    // ---- what the router wants

    @Override
    public boolean send(Incarnation member, Call call) {
        return say(member, call);
    }

    private boolean say(Incarnation member, ClientMessage message) {
        OwnMember here = own;
        if (here != null && here.self().equals(member)) {
            loop.execute(() -> here.received(message));
            return true;
        }
        return transport != null && transport.send(new Peer.OfMember(member), message);
    }

    @Override
    public void learnTable() {
        learnTable.run();
    }

    @Override
    public long draw(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }

    // ---- the end

    /** Ends all calls and connections; no more calls are made. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        router.close(clock.nanoTime());
        listeners.close();
        endings.close();
        counts.close();
        time.close();
        topics.close();
        events.close();
        layout.completeExceptionally(closed());
        if (transport != null) {
            transport.close();
        }
    }
}
