package io.fyercache.sharded.member;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.sharded.bus.TopicRelay;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Moved;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.MemberMessage.Used;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.near.NearTeller;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.reading.ReadLeaves;
import io.fyercache.sharded.replication.CommittedChanges;
import io.fyercache.sharded.replication.CopyPace;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.MemberLeases;
import io.fyercache.sharded.replication.MemberWrites;
import io.fyercache.sharded.replication.PartitionReplica;
import io.fyercache.sharded.replication.PartitionWrites;
import io.fyercache.sharded.replication.ReplicaHost;
import io.fyercache.sharded.replication.ReplicaMember;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.Standing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of partitions that one thread owns, with what that thread knows of leases and promises. Whoever else learns of a table, a
 * heartbeat or a grant passes it on in the order in which it learned it: then a promise that was made under a version of the table is known
 * here before the next version is.
 */
final class PartitionGroup {
    /** A replica at rest lets time pass in one of 4 ticks: every 40 ms, as nothing that it does by itself is due more often than in 100 ms. */
    private static final int REST_TICKS = 4;

    private final Incarnation self;
    private final MemberHost host;
    private final Wishes wishes;
    private final MemberSettings settings;
    private final MemberLeases agreements;
    private final CopyPace pace;
    private final GatheredCalls gathered;
    private final List<PartitionReplica> replicas = new ArrayList<>();

    /** Which of them may not be at rest, as something has come since they were seen to be. */
    private final BitSet restless = new BitSet();

    private final PartitionListeners listeners;
    private final UsesOfCopies uses = new UsesOfCopies();
    private final MemberWrites writes;
    private final NearTeller near;
    private final TopicRelay topics;

    /** The time of the last tick, as far as writing behind goes. */
    private long tickNanos;

    private long tickWallMillis;
    /** Of the table that was installed first; it never changes. */
    private PartitionLayout layout = PartitionLayout.spread(1);

    private volatile ReadLeaves leaves = new ReadLeaves(layout);
    private long version;
    private int turn;

    /** Where the wishes of replicas go. */
    interface Wishes {
        /** A primary asks the controller for something. */
        void askController(int partition, ControllerRequest request);

        /** A replica must know the latest table. */
        void learnTable();
    }

    PartitionGroup(Incarnation self, MemberHost host, Wishes wishes, MemberSettings settings, long nowNanos) {
        this.self = self;
        this.host = host;
        this.wishes = wishes;
        this.settings = settings;
        this.agreements = MemberLeases.ofNewMember(settings.protocolTimes(), settings.rules());
        this.pace = new CopyPace(settings.replicationLimits().copyBytesPerSecond());
        this.gathered = new GatheredCalls(host::runUserCodeTogether);
        this.listeners = new PartitionListeners(replicas, host, nowNanos);
        this.writes = new MemberWrites(new HostOfWrites(), nowNanos);
        this.near = new NearTeller(new HostOfNear(), settings.rules(), nowNanos);
        this.topics = new TopicRelay(new HostOfTopics(), settings.rules(), nowNanos);
    }

    /** Returns the replica of a partition. There is none before the first table. */
    PartitionReplica replica(int partition) {
        return replicas.get(partition);
    }

    /** Returns what other threads may read here. Any thread may ask. */
    ReadLeaves leaves() {
        return leaves;
    }

    /** Returns what is read of backups' copies here. */
    UsesOfCopies uses() {
        return uses;
    }

    /** E5: takes in what another member has read of its copies. */
    void onUsed(Used used) {
        for (EntryKey key : used.keys()) {
            replicas.get(key.partition(layout)).onUsedElsewhere(key);
        }
    }

    /** Returns how many replicas there are. */
    int count() {
        return replicas.size();
    }

    /** T4: installs what is new in a table. */
    void install(VersionedTable table, long nowNanos) {
        PartitionTable records = table.table();
        if (replicas.isEmpty()) {
            layout = records.layout();
            leaves = new ReadLeaves(layout);
        }
        for (int partition = replicas.size(); partition < records.partitionCount(); partition++) {
            replicas.add(new PartitionReplica(new ReplicaMember(
                    self,
                    new HostOfPartition(partition),
                    settings.protocolTimes(),
                    settings.replicationLimits(),
                    settings.rules(),
                    agreements,
                    pace)));
        }
        for (int partition = 0; partition < replicas.size(); partition++) {
            install(partition, records.record(partition), nowNanos);
        }
        version = table.version();
        listeners.settle(nowNanos);
    }

    private void install(int partition, PartitionRecord next, long nowNanos) {
        PartitionRecord known = replicas.get(partition).record();
        if (known == null || known.version() != next.version()) {
            restless.set(partition);
        }
        replicas.get(partition).install(next, nowNanos);
        if (known != null && next.epoch().generation() > known.epoch().generation()) {
            host.partitionLost(partition, next.epoch().generation(), known.inSync());
        }
    }

    /** Notes that a member's heartbeat is answered by a grant, under the table that was installed last. */
    void promise(Incarnation to, long nowNanos) {
        agreements.promises().promise(to, nowNanos);
    }

    /** R3, R6. */
    void granted(Incarnation by, MemberMessage.Grant grant, long nowNanos) {
        agreements.leases().granted(by, grant.sentNanos(), nowNanos, grant.tableVersion(), version);
        if (grant.tableVersion() == version) {
            grant.sublet().forEach(partition -> {
                if (isKnown(partition)) {
                    replicas.get(partition).onSublet(by, grant.sentNanos());
                }
            });
        }
    }

    /** R6: lets a member answer reads; returns of which partitions. */
    PartitionSet sublet(Incarnation to, long nowNanos) {
        return PartitionSet.of(
                replicas.size(), partition -> replicas.get(partition).sublet(to, nowNanos));
    }

    /** Forgets the leases that others than these members have granted, and promises that have run out. */
    void membersChanged(List<Incarnation> members, long nowNanos) {
        agreements.leases().retain(members);
        agreements.promises().forgetBefore(nowNanos);
    }

    /** L1. */
    void licenceRenewed(long sentNanos) {
        agreements.licence().renew(sentNanos);
    }

    boolean isLicensed(long nowNanos) {
        return agreements.licence().isValid(nowNanos);
    }

    void onMessage(Incarnation from, MemberMessage.OfPartition of, long nowNanos, long wallMillis) {
        if (isKnown(of.partition())) {
            PartitionReplica replica = stirred(of.partition());
            replica.onMessage(from, of.message(), nowNanos);
            replica.serveIfReady(nowNanos, wallMillis);
            listeners.settle(nowNanos);
        } else {
            wishes.learnTable();
        }
    }

    void onRequest(int partition, Request request, long nowNanos, long wallMillis) {
        if (request.task() instanceof Request.Task.Clear) {
            host.cache(request.key().cache()).forgetMisses();
        }
        if (!isKnown(partition)) {
            host.answer(partition, request.id(), request.attempt(), NotServing.NOT_SERVING);
            return;
        }
        boolean gathers = isGathered(request);
        if (gathers) {
            gathered.arriving(request);
        }
        stirred(partition).onRequest(request, nowNanos, wallMillis);
        if (gathers) {
            gathered.arrived(request);
        }
        listeners.settle(nowNanos);
    }

    private boolean isGathered(Request request) {
        return !request.batch().isNone() && host.cache(request.key().cache()).runsTogether(request.task());
    }

    /** U3. */
    void onUserCode(int partition, UserCodeOutcome outcome, long nowNanos, long wallMillis) {
        stirred(partition).onUserCode(outcome, nowNanos, wallMillis);
        listeners.settle(nowNanos);
    }

    /** Q4: takes in what came of a batch of a cache that writes behind; returns how many changes were given up. */
    int onWritten(int cache, BatchOutcome outcome, long nowNanos, long wallMillis) {
        tickNanos = nowNanos;
        tickWallMillis = wallMillis;
        int given = writes.conclude(cache, outcome);
        listeners.settle(nowNanos);
        return given;
    }

    /** Returns how many changes are to be written by this member. */
    int unwritten() {
        return writes.depth();
    }

    /** Returns how many changes this member has given up. */
    int deadLetters() {
        return writes.deadLetters();
    }

    /** Has all of them written as soon as possible. */
    void hurryWrites() {
        writes.hurry();
    }

    /** N1. */
    void onNearQuestion(long client, NearQuestion question, long nowNanos) {
        near.onQuestion(client, question, nowNanos);
    }

    /** A1. */
    void onTopic(long client, ToRelay message, long nowNanos) {
        topics.onMessage(client, message, nowNanos);
    }

    /** V4. */
    void onListenerBeat(long client, long nowNanos) {
        listeners.onBeat(client, nowNanos);
    }

    /** V4. */
    void onChangesHeard(long client, ChangesHeard heard, long nowNanos) {
        listeners.onHeard(client, heard, nowNanos);
    }

    /** E5. */
    void evict(int partition, EntryKey key, long nowNanos, long wallMillis) {
        stirred(partition).evict(key, nowNanos, wallMillis);
        listeners.settle(nowNanos);
    }

    void relinquish(MemberMessage.Relinquish wish, long nowNanos) {
        if (isKnown(wish.partition())) {
            stirred(wish.partition()).relinquish(wish.version(), nowNanos);
            listeners.settle(nowNanos);
        }
    }

    void onTick(long nowNanos, long wallMillis) {
        turn = (turn + 1) % REST_TICKS;
        for (int partition = turn; partition < replicas.size(); partition += REST_TICKS) {
            restless.set(partition);
        }
        for (int partition = restless.nextSetBit(0); partition >= 0; partition = restless.nextSetBit(partition + 1)) {
            PartitionReplica replica = replicas.get(partition);
            if (partition % REST_TICKS == turn || !replica.isAtRest()) {
                replica.onTick(nowNanos, wallMillis);
            }
            restless.set(partition, !replica.isAtRest());
        }
        gathered.onTick();
        tickNanos = nowNanos;
        tickWallMillis = wallMillis;
        writes.onTick(nowNanos);
        near.onTick(nowNanos);
        topics.onTick(nowNanos);
        listeners.settle(nowNanos);
        listeners.onTick(nowNanos, wallMillis);
    }

    /** Returns a replica of which something is asked, so that it has to be looked at. */
    private PartitionReplica stirred(int partition) {
        restless.set(partition);
        return replicas.get(partition);
    }

    private boolean isKnown(int partition) {
        return partition >= 0 && partition < replicas.size();
    }

    /** What telling processes that read near needs of the partitions. */
    private final class HostOfNear implements NearTeller.Host {
        @Override
        public void send(long client, ClientMessage message) {
            host.tell(client, message);
        }

        @Override
        public boolean isLeased(int partition, long nowNanos) {
            return isKnown(partition) && replicas.get(partition).isLeased(nowNanos);
        }

        @Override
        public boolean leads(int partition) {
            return isKnown(partition) && replicas.get(partition).leads();
        }

        @Override
        public long generation(int partition) {
            PartitionRecord known = replicas.get(partition).record();
            return known == null ? 0 : known.epoch().generation();
        }

        @Override
        public long committed(int partition) {
            return replicas.get(partition).lastCommitted();
        }

        @Override
        public boolean isReadNear(int cache) {
            return host.cache(cache).isReadNear();
        }
    }

    /** What being the relay of topics needs of the partitions. */
    private final class HostOfTopics implements TopicRelay.Host {
        @Override
        public void send(long client, ClientMessage message) {
            host.tell(client, message);
        }

        @Override
        public PartitionLayout layout() {
            return layout;
        }

        @Override
        public long leasedEpoch(int partition, long nowNanos) {
            if (!isKnown(partition) || !replicas.get(partition).isLeased(nowNanos)) {
                return 0;
            }
            PartitionRecord known = replicas.get(partition).record();
            return known == null || known.epoch().standing() == Standing.PROVISIONAL
                    ? 0
                    : known.epoch().number();
        }

        @Override
        public long epoch(int partition) {
            PartitionRecord known = isKnown(partition) ? replicas.get(partition).record() : null;
            return known == null ? 0 : known.epoch().number();
        }
    }

    /** What writing behind needs of the partitions. */
    private final class HostOfWrites implements MemberWrites.Host {
        @Override
        public @Nullable WriteBehindSettings settings(int cache) {
            return host.cache(cache).writeBehind();
        }

        @Override
        public boolean mayWrite(int partition) {
            return replicas.get(partition).mayWrite(tickNanos);
        }

        @Override
        public void write(int cache, List<DueWrite<EntryKey, UnwrittenChange>> batch) {
            host.write(cache, batch.stream().map(this::placed).toList());
        }

        /** Whoever may write a partition's changes is its primary, in the epoch of the record that is installed. */
        private PlacedWrite placed(DueWrite<EntryKey, UnwrittenChange> write) {
            int partition = write.key().partition(layout);
            PartitionRecord record =
                    Objects.requireNonNull(replicas.get(partition).record());
            return new PlacedWrite(partition, record.epoch().number(), write);
        }

        @Override
        public void ended(int partition, EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left) {
            stirred(partition).onWriteEnded(key, tried, left, tickNanos, tickWallMillis);
        }

        @Override
        public double draw() {
            return host.draw();
        }
    }

    /** What a replica needs, with the number of its partition. */
    private final class HostOfPartition implements ReplicaHost {
        private final int partition;

        HostOfPartition(int partition) {
            this.partition = partition;
        }

        @Override
        public void send(Incarnation to, PartitionMessage message) {
            host.send(to, new MemberMessage.OfPartition(partition, message));
        }

        @Override
        public void answer(OperationId request, int attempt, Answer answer) {
            host.answer(partition, request, attempt, answer == NotServing.NOT_SERVING ? notServing() : answer);
        }

        /** J6: says who leads, unless this member does, and does not serve yet, or no more. */
        private Answer notServing() {
            PartitionRecord known = replicas.get(partition).record();
            return known == null || known.primary().equals(self)
                    ? NotServing.NOT_SERVING
                    : new Moved(known.version(), known.primary());
        }

        @Override
        public void ask(ControllerRequest request) {
            wishes.askController(partition, request);
        }

        @Override
        public void learnTable() {
            wishes.learnTable();
        }

        @Override
        public void committed(LogEntry entry) {
            host.committed(partition, entry);
            near.committed(partition, entry);
        }

        @Override
        public void changed(CommittedChanges changes) {
            listeners.handOut(partition, changes);
        }

        @Override
        public void changesGivenUp(long generation, long number) {
            listeners.givenUp(partition, generation, number);
            host.changesGivenUp(partition, generation, number);
        }

        @Override
        public void expired(EntryKey key) {
            host.expired(partition, key);
        }

        @Override
        public void evicted(EntryKey key, EncodedValue value) {
            host.evicted(partition, key, value);
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            uses.recent().note(key);
        }

        @Override
        public void mayBeRead(@Nullable ReadLeave leave) {
            leaves.set(partition, leave);
        }

        @Override
        public HostedCache cache(int number) {
            return host.cache(number);
        }

        @Override
        public PartitionWrites writes() {
            return writes.of(partition);
        }

        @Override
        public void runUserCode(UserCodeCall call) {
            if (call.batch().isNone()) {
                host.runUserCode(partition, call);
            } else if (!gathered.add(partition, call)) {
                host.runUserCodeTogether(List.of(new PlacedCall(partition, call)));
            }
        }
    }
}
