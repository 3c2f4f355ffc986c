package io.fyercache.testkit.simulation;

import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.member.MemberFences;
import io.fyercache.sharded.member.PlacedWrite;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.reading.AsideReader;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.reading.ReadLeaves;
import io.fyercache.sharded.replication.CommittedChanges;
import io.fyercache.sharded.replication.CopyPace;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.MemberLeases;
import io.fyercache.sharded.replication.MemberWrites;
import io.fyercache.sharded.replication.PartitionReplica;
import io.fyercache.sharded.replication.PartitionWrites;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.ReplicaHost;
import io.fyercache.sharded.replication.ReplicaMember;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One life of a member, on a clock of its own. */
final class SimulatedMember extends SimulatedProcess implements ReplicaHost {
    private static final int LONGEST_QUEUE_NANOS = 20_000_000;

    private final PartitionSimulation world;
    private final Incarnation self;
    private final MemberLeases agreements;
    private final PartitionReplica replica;
    private final ListenerLine listeners;
    private final LeastRecentlyUsed order = new LeastRecentlyUsed(SimulatedCaches.FEW.maximum(), this::evictSoon);
    private final HostedCache bounded;

    private final MemberWrites writes = new MemberWrites(new HostOfWrites(), clockNanos());
    private final ReadLeaves leaves = new ReadLeaves(PartitionLayout.spread(1));
    private boolean tookPart;
    private final MemberFences fences = new MemberFences("simulated");
    private boolean expelled;
    private long deafUntilNanos;
    private long tableVersion;

    SimulatedMember(
            PartitionSimulation world, Incarnation self, ProtocolTimes times, ReplicationLimits limits, Rules rules) {
        super(world.timeline(), world.random(), 0);
        this.world = world;
        this.self = self;
        this.agreements = MemberLeases.ofNewMember(times, rules);
        this.bounded = world.caches().bounded(order);
        this.listeners = new ListenerLine(this, world.timeline(), world.random());
        this.replica = new PartitionReplica(new ReplicaMember(
                self, this, times, limits, rules, agreements, new CopyPace(limits.copyBytesPerSecond())));
    }

    Incarnation self() {
        return self;
    }

    PartitionReplica replica() {
        return replica;
    }

    boolean isAlive() {
        return !isOver();
    }

    boolean isExpelled() {
        return expelled;
    }

    /** Tells whether it does not hear of the table: its watches are late, and what it reads is stale. */
    boolean isDeaf() {
        return world.timeline().nowNanos() < deafUntilNanos;
    }

    void deafen(long nanos) {
        deafUntilNanos = world.timeline().nowNanos() + nanos;
    }

    /** Returns the version of the table that the record is of. */
    long tableVersion() {
        return tableVersion;
    }

    // ---- what comes in

    void install(PartitionRecord record, long version) {
        replica.install(record, clockNanos());
        tableVersion = Math.max(tableVersion, version);
        PartitionRecord known = replica.record();
        boolean takesPart = known != null
                && (known.inSync().contains(self) || known.joining().contains(self));
        // T7: it ends its session and comes back as another incarnation. It may never have heard that it took part.
        expelled |= known != null && !takesPart && (tookPart || world.isExpelled(self, known));
        tookPart |= takesPart;
    }

    void onMessage(Incarnation from, PartitionMessage message) {
        replica.onMessage(from, message, clockNanos());
        replica.serveIfReady(clockNanos(), wallMillis());
    }

    void onRequest(Request request) {
        world.promises().asked(request, world.timeline().nowNanos());
        Done atHand = world.random().nextBoolean() ? readAtHand(request) : null;
        if (atHand == null) {
            replica.onRequest(request, clockNanos(), wallMillis());
        } else {
            answer(request.id(), request.attempt(), atHand);
        }
    }

    /** R7: as other threads of the process do. */
    private @Nullable Done readAtHand(Request request) {
        HostedCache cache = cache(request.key().cache());
        return leaves.read(
                request.key(),
                (entry, holder) -> cache.readAside(request.task(), request.key(), entry, holder, new Aside()),
                this::clockNanos);
    }

    /** Clocks of a world agree as it likes, so an entry that expires is read from copies to its end. */
    private final class Aside implements AsideReader {
        @Override
        public long latestMillis() {
            return wallMillis();
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            SimulatedMember.this.usedAtBackup(key);
        }
    }

    @Override
    public void usedAtBackup(EntryKey key) {
        world.usedAtBackup(key);
    }

    @Override
    public void mayBeRead(@Nullable ReadLeave leave) {
        leaves.set(0, leave);
    }

    /** Takes out what the order has chosen, as soon as its thread has time for that. */
    private void evictSoon(EntryKey key) {
        long nanos = 1L + world.random().nextInt(LONGEST_QUEUE_NANOS);
        world.timeline().after(nanos, () -> run(() -> replica.evict(key, clockNanos(), wallMillis())));
    }

    /** Returns the entries with bounds that it serves, by what their order knows. */
    Set<EntryKey> boundedKeys() {
        return order.keys();
    }

    void onRelinquishWish(long version) {
        replica.relinquish(version, clockNanos());
    }

    void tick() {
        replica.onTick(clockNanos(), wallMillis());
        writes.onTick(clockNanos());
    }

    void renewLicence() {
        long sent = clockNanos();
        world.prove(this, () -> agreements.licence().renew(sent));
    }

    void sendHeartbeats() {
        long sent = clockNanos();
        for (SimulatedMember other : world.members()) {
            if (other != this) {
                world.transmit(this, other, () -> other.onHeartbeat(this, sent));
            }
        }
    }

    private void onHeartbeat(SimulatedMember from, long sentNanos) {
        agreements.promises().promise(from.self, clockNanos());
        long version = tableVersion;
        boolean sublet = replica.sublet(from.self, clockNanos());
        world.transmit(this, from, () -> from.onGrant(self, sentNanos, version, sublet));
    }

    private void onGrant(Incarnation by, long sentNanos, long version, boolean sublet) {
        agreements.leases().granted(by, sentNanos, clockNanos(), version, tableVersion);
        if (sublet && version == tableVersion) {
            replica.onSublet(by, sentNanos);
        }
    }

    // ---- what the replica wants

    @Override
    public void send(Incarnation member, PartitionMessage message) {
        world.send(this, member, message);
    }

    @Override
    public void answer(OperationId request, int attempt, Answer answer) {
        PartitionRecord known = replica.record();
        if (known == null
                || world.promises()
                        .answered(
                                known.epoch().generation(),
                                request,
                                answer,
                                world.timeline().nowNanos())) {
            world.answer(request, attempt, answer);
        }
    }

    @Override
    public void ask(ControllerRequest request) {
        world.askController(self, request);
    }

    @Override
    public void learnTable() {
        world.learnTable(this);
    }

    @Override
    public void committed(LogEntry entry) {
        PartitionRecord known = replica.record();
        if (known != null) {
            world.committed(known.epoch().generation(), entry);
        }
    }

    @Override
    public void changed(CommittedChanges changes) {
        listeners.send(
                () -> world.told(changes),
                () -> replica.onChangesArrived(changes.generation(), changes.number(), clockNanos()));
    }

    @Override
    public void changesGivenUp(long generation, long number) {
        world.changesGivenUp(generation, number);
    }

    @Override
    public void evicted(EntryKey key, EncodedValue value) {
        world.evicted();
    }

    @Override
    public void expired(EntryKey key) {
        world.expired();
    }

    @Override
    public HostedCache cache(int number) {
        return number == SimulatedCaches.BOUNDED ? bounded : world.caches().cache(number);
    }

    @Override
    public PartitionWrites writes() {
        return writes.of(0);
    }

    /** What writing behind needs. */
    private final class HostOfWrites implements MemberWrites.Host {
        @Override
        public @Nullable WriteBehindSettings settings(int cache) {
            return cache(cache).writeBehind();
        }

        @Override
        public boolean mayWrite(int partition) {
            return replica.mayWrite(clockNanos());
        }

        @Override
        public void write(int cache, List<DueWrite<EntryKey, UnwrittenChange>> batch) {
            world.caches()
                    .write(
                            cache,
                            batch,
                            fences.ofWrites(batch.stream().map(this::placed).toList()),
                            outcome -> run(() -> {
                                int unused = writes.conclude(cache, outcome);
                            }));
        }

        private PlacedWrite placed(DueWrite<EntryKey, UnwrittenChange> write) {
            return new PlacedWrite(0, replica.record().epoch().number(), write);
        }

        @Override
        public void ended(int partition, EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left) {
            replica.onWriteEnded(key, tried, left, clockNanos(), wallMillis());
        }

        @Override
        public double draw() {
            return world.random().nextDouble();
        }
    }

    @Override
    public void runUserCode(UserCodeCall call) {
        world.caches()
                .run(cache(call.key().cache()), call, fences.of(0, call), outcome -> run(() -> onUserCode(outcome)));
    }

    private void onUserCode(UserCodeOutcome outcome) {
        replica.onUserCode(outcome, clockNanos(), wallMillis());
    }
}
