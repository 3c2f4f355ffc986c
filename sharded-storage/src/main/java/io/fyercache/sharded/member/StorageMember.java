package io.fyercache.sharded.member;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.sharded.controller.Candidacy;
import io.fyercache.sharded.controller.Controller;
import io.fyercache.sharded.controller.ControllerHost;
import io.fyercache.sharded.controller.FailingNodes;
import io.fyercache.sharded.controller.FailureDetector;
import io.fyercache.sharded.controller.Hearsay;
import io.fyercache.sharded.controller.Verdicts;
import io.fyercache.sharded.controller.WallClocks;
import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.message.Hearing.Condition;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.MemberMessage.Asked;
import io.fyercache.sharded.message.MemberMessage.Goodbye;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.message.MemberMessage.Heartbeat;
import io.fyercache.sharded.message.MemberMessage.OfPartition;
import io.fyercache.sharded.message.MemberMessage.Relayed;
import io.fyercache.sharded.message.MemberMessage.Relinquish;
import io.fyercache.sharded.message.MemberMessage.TableChanged;
import io.fyercache.sharded.message.MemberMessage.Used;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.reading.ReadLeaves;
import io.fyercache.sharded.reading.RecentUses;
import io.fyercache.sharded.replication.PartitionReplica;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One life of a member that stores data: what it is told by ZooKeeper, by other members, by clients and by the clock, and what it does about
 * it. The life begins with its znode and ends with it, or when the process does; the next one starts anew with nothing.
 *
 * <p>Times are of this member's clock that never steps back, in nanoseconds, and of its wall clock, in milliseconds. Used by one thread.
 */
public final class StorageMember {

    /** Nanoseconds between two proofs of contact with ZooKeeper: a small part of the grace, and little work for ZooKeeper. */
    private static final long LICENCE_NANOS = 1_000_000_000;

    /** Nanoseconds without an answer of ZooKeeper after which a member says so: two proofs of contact, and half a second for the answer. */
    private static final long DETACHED_NANOS = 2_500_000_000L;

    /** Nanoseconds after which ZooKeeper is asked again for what it has not told: its answer may be lost. */
    private static final long REFRESH_NANOS = 500_000_000;

    private final Incarnation self;
    private final MemberHost host;
    private final ClusterCoordinator coordinator;
    private final MemberSettings settings;
    private final PartitionGroup partitions;
    private final FailureDetector detector;
    private final Hearsay hearsay;
    private final ControllerPath controllerPath;
    private final WallClocks clocks = new WallClocks();
    private final FailingNodes failing = new FailingNodes();

    private MembersPresent present = MembersPresent.NOBODY;
    private List<Incarnation> queue = List.of();
    private ControllerEpoch controllerEpoch = new ControllerEpoch(0);
    private @Nullable Incarnation controllerMember;
    private final TreeSet<Incarnation> goodbyes = new TreeSet<>();
    private @Nullable VersionedTable table;

    private @Nullable Controller controller;
    private boolean claiming;

    /** A change of the table is under way, if only that of a controller of before. */
    private boolean writing;

    private boolean refreshing;
    private boolean refreshAgain;
    private long refreshNanos;
    private long tickNanos;
    private long licenceNanos;

    /** When the last proof of contact was sent that ZooKeeper has answered. */
    private long contactNanos;

    private long heartbeatNanos;
    private Hearing told = Hearing.ALL;
    private boolean leaving;
    private boolean left;

    /** Something has changed that may be a reason to do something about the table. */
    private boolean unsettled = true;

    private long controlNanos;

    /** Begins a life. */
    public StorageMember(ClusterCoordinator coordinator, MemberHost host, MemberSettings settings, long nowNanos) {
        this.self = coordinator.self();
        this.host = host;
        this.coordinator = coordinator;
        this.settings = settings;
        this.partitions = new PartitionGroup(self, host, new GroupWishes(), settings, nowNanos);
        this.detector = new FailureDetector(settings.hearingTimes(), nowNanos);
        this.hearsay = new Hearsay(settings.hearingTimes());
        this.controllerPath = new ControllerPath(
                self, hearsay, host::send, settings.protocolTimes().resendNanos());
        this.tickNanos = nowNanos;
        this.controlNanos = nowNanos;
        this.licenceNanos = nowNanos;
        this.contactNanos = nowNanos;
        this.heartbeatNanos = nowNanos - settings.hearingTimes().heartbeatNanos();
        coordinator.renewLicence(nowNanos);
    }

    /** Returns which member this is. */
    public Incarnation self() {
        return self;
    }

    /** Returns the table that is installed, or null. */
    public @Nullable VersionedTable table() {
        return table;
    }

    /** Returns the version of the table that is installed; 0 for none. */
    public long tableVersion() {
        return table == null ? 0 : table.version();
    }

    /** Tells whether this member controls the table, or believes so. */
    public boolean isController() {
        return controller != null;
    }

    /** Returns the replica of a partition, 0..{@link #replicaCount}-1. */
    public PartitionReplica replica(int partition) {
        return partitions.replica(partition);
    }

    /** Returns how many partitions there are; 0 before the first table is known. */
    public int replicaCount() {
        return partitions.count();
    }

    /** R7: returns what other threads may read here. Any thread may ask. */
    public ReadLeaves leaves() {
        return partitions.leaves();
    }

    /** Returns where is noted which entries of caches with bounds are read of copies that are backups here. Any thread may ask. */
    public RecentUses uses() {
        return partitions.uses().recent();
    }

    // ---- from ZooKeeper

    /** Takes in who is there. */
    public void onMembers(MembersPresent members, long nowNanos) {
        if (members.asOf() < present.asOf()) {
            return;
        }
        noteEnds(present, members, nowNanos);
        present = members;
        unsettled = true;
        List<Incarnation> incarnations = members.incarnations();
        detector.listenTo(others(), nowNanos);
        hearsay.retain(incarnations);
        clocks.retain(incarnations);
        partitions.membersChanged(incarnations, nowNanos);
        // As long as a record names it, it matters that a member has stopped for certain (L2).
        goodbyes.removeIf(member -> present.isGone(member) && isFree(member));
    }

    /** T7. Who has said that it wants to leave does not fail, even if its goodbye was lost. */
    private void noteEnds(MembersPresent before, MembersPresent after, long nowNanos) {
        for (Member member : before.members()) {
            Incarnation life = member.incarnation();
            if (!after.contains(life) && !goodbyes.contains(life) && !hearsay.says(life, Condition.LEAVING)) {
                failing.ended(member, nowNanos);
            }
        }
    }

    private List<Incarnation> others() {
        return present.incarnations().stream()
                .filter(member -> !member.equals(self))
                .toList();
    }

    private void tellOthers(MemberMessage message) {
        others().forEach(member -> host.send(member, message));
    }

    /** Takes in who wants to control the table, in their order. */
    public void onCandidates(List<Incarnation> candidates) {
        queue = candidates;
        unsettled = true;
    }

    /** Takes in who controls the table. */
    public void onController(ControllerEpoch epoch, @Nullable Incarnation member) {
        if (epoch.compareTo(controllerEpoch) < 0) {
            return;
        }
        controllerEpoch = epoch;
        controllerMember = member;
        unsettled = true;
        if (controller != null && controller.epoch().compareTo(epoch) < 0) {
            controller = null;
        }
    }

    /** Installs a table, unless it is not newer than the one that is installed. */
    public void onTable(VersionedTable seen, long nowNanos) {
        VersionedTable known = table;
        if (known != null && seen.version() <= known.version()) {
            return;
        }
        table = seen;
        unsettled = true;
        partitions.install(seen, nowNanos);
        if (controller != null) {
            controller.onTable(seen);
        }
        leaveIfFree();
    }

    /** L1. */
    public void onLicence(long sentNanos) {
        contactNanos = sentNanos;
        partitions.licenceRenewed(sentNanos);
    }

    /** Tells whether this member may serve, as far as ZooKeeper goes (L1). */
    public boolean hasLicence(long nowNanos) {
        return partitions.isLicensed(nowNanos);
    }

    /**
     * Returns the time that members agree on, in milliseconds since 1970-01-01T00:00Z (E4). Empty unless more than half of the others have told theirs, as
     * this member's own clock may be wrong.
     */
    public OptionalLong clusterMillis(long nowNanos) {
        int others = present.members().size() - 1;
        boolean told = present.contains(self) && (others == 0 || clocks.compared() * 2 > others);
        return told ? OptionalLong.of(clocks.middleMillis(nowNanos)) : OptionalLong.empty();
    }

    /** Takes in how the attempt to become the controller ended. */
    public void onClaim(ClaimOutcome outcome) {
        claiming = false;
        if (outcome instanceof ClaimOutcome.Claimed claimed) {
            onController(claimed.epoch(), self);
            beginToControl(claimed.epoch());
        } else {
            refresh();
        }
    }

    private void beginToControl(ControllerEpoch epoch) {
        Controller beginning = new Controller(
                epoch,
                new HostOfController(),
                settings.controllerSettings(),
                settings.protocolTimes(),
                settings.rules());
        controller = beginning;
        if (table != null) {
            beginning.onTable(table);
        }
    }

    /** Takes in how a change of the table ended. */
    public void onWrite(WriteOutcome outcome, long nowNanos) {
        writing = false;
        Controller deciding = controller;
        if (deciding != null) {
            deciding.onWritten(outcome);
            if (deciding.isDeposed()) {
                controller = null;
                refresh();
            } else {
                decide(deciding, nowNanos);
            }
        }
    }

    /** All is known that was the case when ZooKeeper was asked. */
    public void onRefreshed(long nowNanos) {
        refreshing = false;
        if (refreshAgain) {
            refreshAgain = false;
            refresh();
            return;
        }
        Controller deciding = controller;
        if (deciding != null) {
            deciding.onRefreshed();
            decide(deciding, nowNanos);
        }
    }

    /** Sees to it that the newest table is learned: a client in this process may have met who does not serve by the one that is known. */
    public void learnTable() {
        if (!refreshing) {
            refresh();
        }
    }

    /** Asks ZooKeeper for the state of now. If it is being asked, that may be of a moment ago, so it is asked once more. */
    private void refresh() {
        if (refreshing) {
            refreshAgain = true;
        } else {
            refreshing = true;
            refreshNanos = tickNanos;
            coordinator.refresh();
        }
    }

    // ---- from other members

    /** Takes a message of another member, or of this one. */
    public void onMessage(Incarnation from, MemberMessage message, long nowNanos, long nowWallMillis) {
        detector.heard(from, nowNanos);
        if (message instanceof OfPartition of) {
            partitions.onMessage(from, of, nowNanos, nowWallMillis);
        } else if (message instanceof Heartbeat heartbeat) {
            unsettled |= hearsay.told(from, heartbeat.hearing(), nowNanos);
            partitions.promise(from, nowNanos);
            host.send(
                    from,
                    new Grant(heartbeat.sentNanos(), tableVersion(), nowWallMillis, partitions.sublet(from, nowNanos)));
        } else if (message instanceof Grant grant) {
            partitions.granted(from, grant, nowNanos);
            learnIfBehind(grant.tableVersion());
            compareClocks(from, grant, nowNanos, nowWallMillis);
        } else if (message instanceof Used used && table != null) {
            partitions.onUsed(used);
        } else if (message instanceof TableChanged changed) {
            onTableChanged(changed, nowNanos);
        } else if (message instanceof Relinquish wish) {
            partitions.relinquish(wish, nowNanos);
        } else if (message instanceof Asked asked) {
            onAsked(from, asked, nowNanos);
        } else if (message instanceof Relayed relayed) {
            onRelayed(from, relayed, nowNanos);
        } else if (message == Goodbye.GOODBYE) {
            goodbyes.add(from);
            unsettled = true;
        }
    }

    /** E4. A late word of a member that is gone is none of its next life. */
    private void compareClocks(Incarnation other, Grant grant, long nowNanos, long nowWallMillis) {
        if (!present.contains(other)) {
            return;
        }
        switch (clocks.read(other, grant.wallMillis(), grant.sentNanos(), nowNanos, nowWallMillis)) {
            case NONE -> {}
            case DIFFER -> host.clocksDiffer(other, clocks.aheadMillis(other));
            case AGREE -> host.clocksAgree(other, clocks.aheadMillis(other));
        }
    }

    private void onTableChanged(TableChanged changed, long nowNanos) {
        VersionedTable known = table;
        if (known != null && changed.version() == known.version() + 1) {
            onTable(new VersionedTable(changed.version(), known.table().apply(changed.delta())), nowNanos);
        } else {
            learnIfBehind(changed.version());
        }
    }

    private void learnIfBehind(long version) {
        if (version > tableVersion()) {
            learnTable();
        }
    }

    private void onAsked(Incarnation from, Asked asked, long nowNanos) {
        Controller deciding = controller;
        if (deciding != null) {
            deciding.onAsked(from, asked.partition(), asked.request());
            decide(deciding, nowNanos);
        }
    }

    private void onRelayed(Incarnation from, Relayed relayed, long nowNanos) {
        if (controller == null) {
            controllerPath.passOn(from, relayed, controllerMember);
        } else {
            onAsked(relayed.primary(), relayed.asked(), nowNanos);
        }
    }

    /** T1: the connection to a member broke, and could not be made again. */
    public void onConnectionLost(Incarnation member) {
        detector.connectionLost(member);
    }

    // ---- from clients and from the clock

    /** Takes a client's request about a partition. */
    public void onRequest(int partition, Request request, long nowNanos, long nowWallMillis) {
        partitions.onRequest(partition, request, nowNanos, nowWallMillis);
    }

    /** U3: takes what came of user code that {@link MemberHost#runUserCode} was asked to run. */
    public void onUserCode(int partition, UserCodeOutcome outcome, long nowNanos, long nowWallMillis) {
        partitions.onUserCode(partition, outcome, nowNanos, nowWallMillis);
    }

    /**
     * Q4: takes what came of a batch that {@link MemberHost#write} was asked to have written; returns how many changes were given up.
     */
    public int onWritten(int cache, BatchOutcome outcome, long nowNanos, long nowWallMillis) {
        return partitions.onWritten(cache, outcome, nowNanos, nowWallMillis);
    }

    /** Returns how many changes this member is to write as the primary of its partitions; those that were given up do not count. */
    public int unwritten() {
        return partitions.unwritten();
    }

    /** Returns how many changes this member, as the primary of its partitions, has that were given up. */
    public int deadLetters() {
        return partitions.deadLetters();
    }

    /** Has all of these written as soon as possible. */
    public void hurryWrites() {
        partitions.hurryWrites();
    }

    /** N1: takes the question of a process that reads near. */
    public void onNearQuestion(long client, NearQuestion question, long nowNanos) {
        partitions.onNearQuestion(client, question, nowNanos);
    }

    /** A1: takes what a process says to the relay of a topic. */
    public void onTopic(long client, ToRelay message, long nowNanos) {
        partitions.onTopic(client, message, nowNanos);
    }

    /** V4: takes a sign of life of a process that listens. */
    public void onListenerBeat(long client, long nowNanos) {
        partitions.onListenerBeat(client, nowNanos);
    }

    /** V4: takes in how far a process that listens has heard. */
    public void onChangesHeard(long client, ChangesHeard heard, long nowNanos) {
        partitions.onChangesHeard(client, heard, nowNanos);
    }

    /** E5: takes out an entry that the order of its cache has chosen; see {@link PartitionReplica#evict}. */
    public void evict(EntryKey key, long nowNanos, long nowWallMillis) {
        VersionedTable known = table;
        if (known != null) {
            partitions.evict(key.partition(known.table().layout()), key, nowNanos, nowWallMillis);
        }
    }

    /**
     * Lets time pass. To be called about ten times in the time of a heartbeat.
     *
     * @param nowWallMillis the wall clock
     */
    public void onTick(long nowNanos, long nowWallMillis) {
        tickNanos = nowNanos;
        clocks.readOwn(nowNanos, nowWallMillis);
        detector.onTick(nowNanos);
        partitions.onTick(nowNanos, nowWallMillis);
        hear(nowNanos);
        if (nowNanos - licenceNanos >= LICENCE_NANOS) {
            licenceNanos = nowNanos;
            coordinator.renewLicence(nowNanos);
        }
        if (refreshing && nowNanos - refreshNanos >= REFRESH_NANOS) {
            refreshNanos = nowNanos;
            coordinator.refresh();
        }
        control(nowNanos);
    }

    /** Says what is heard: regularly, and at once when somebody is suspected, or is not any more. */
    private void hear(long nowNanos) {
        Hearing now = detector.hearing(nowNanos, conditions(nowNanos));
        unsettled |= hearsay.told(self, now, nowNanos);
        boolean news =
                !now.suspected().equals(told.suspected()) || !now.conditions().equals(told.conditions());
        if (news || nowNanos - heartbeatNanos >= settings.hearingTimes().heartbeatNanos()) {
            heartbeatNanos = nowNanos;
            told = now;
            tellOthers(new Heartbeat(nowNanos, now));
            if (table != null) {
                partitions.uses().tell(table.table(), self, host::send);
            }
        }
    }

    private List<Condition> conditions(long nowNanos) {
        List<Condition> conditions = new ArrayList<>();
        if (leaving) {
            conditions.add(Condition.LEAVING);
        }
        if (nowNanos - contactNanos >= DETACHED_NANOS) {
            conditions.add(Condition.DETACHED);
        }
        if (clocks.isOff()) {
            conditions.add(Condition.CLOCK_OFF);
        }
        return conditions;
    }

    /** Lets the controller decide if it can; all primaries may ask at once, and while it cannot, to judge the members would be in vain. */
    private void decide(Controller deciding, long nowNanos) {
        if (deciding.isReady()) {
            deciding.decide(verdicts(nowNanos), nowNanos);
        }
    }

    private Verdicts verdicts(long nowNanos) {
        return new Verdicts(self, present, hearsay, goodbyes, failing, nowNanos);
    }

    /** Looks at the cluster when something has changed, and with each heartbeat, as a word grows old without anybody saying so. */
    private void control(long nowNanos) {
        if (!unsettled && nowNanos - controlNanos < settings.hearingTimes().heartbeatNanos()) {
            return;
        }
        unsettled = false;
        controlNanos = nowNanos;
        Controller deciding = controller;
        if (deciding != null) {
            decide(deciding, nowNanos);
        } else if (claiming || writing || left) {
            return; // What is under way ends first.
        } else if (self.equals(controllerMember)) {
            beginToControl(controllerEpoch); // The answer to the claim was lost.
        } else if (host.isLetIn() && Candidacy.isTurnOf(self, queue, controllerMember, verdicts(nowNanos))) {
            claiming = true;
            coordinator.claim(controllerEpoch);
        }
    }

    // ---- leaving

    /** J5: begins to leave. {@link MemberHost#hasLeft} tells when nothing is left here that others need. */
    public void leave() {
        leaving = true;
        leaveIfFree();
    }

    /** Tells whether anybody is there who does not leave, too, so that it makes sense to hand over what is here. */
    public boolean hasHeirs() {
        return others().stream()
                .anyMatch(other -> !goodbyes.contains(other) && !hearsay.says(other, Condition.LEAVING));
    }

    private void leaveIfFree() {
        // Who never had a table has acknowledged nothing, even if one names it.
        if (leaving && !left && isFree(self)) {
            left = true;
            tellOthers(Goodbye.GOODBYE);
            coordinator.leave();
            host.hasLeft();
        }
    }

    /** Tells whether no record names the member as one that holds a copy or is to have one. */
    private boolean isFree(Incarnation member) {
        if (table == null) {
            return true;
        }
        PartitionTable records = table.table();
        for (int partition = 0; partition < records.partitionCount(); partition++) {
            PartitionRecord record = records.record(partition);
            if (record.inSync().contains(member) || record.joining().contains(member)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "member " + self + ", table " + tableVersion() + (leaving ? ", leaving" : "")
                + (refreshing ? ", asking" : "") + (claiming ? ", claiming" : "") + ", "
                + (controller == null ? controllerMember + " controls" : controller);
    }

    /** What the controller wants of the member. */
    private final class HostOfController implements ControllerHost {
        @Override
        public void write(TableWrite write) {
            writing = true;
            coordinator.write(write);
        }

        @Override
        public void refresh() {
            StorageMember.this.refresh();
        }

        @Override
        public void requeue() {
            coordinator.requeue();
        }

        @Override
        public void send(Incarnation member, MemberMessage message) {
            host.send(member, message);
        }

        @Override
        public void announce(TableChanged change) {
            present.incarnations().forEach(member -> host.send(member, change));
        }
    }

    /** What the partitions want of the cluster. */
    private final class GroupWishes implements PartitionGroup.Wishes {
        @Override
        public void askController(int partition, ControllerRequest request) {
            if (controllerMember != null) {
                controllerPath.ask(new Asked(partition, request), controllerMember, tickNanos);
            }
        }

        @Override
        public void learnTable() {
            StorageMember.this.learnTable();
        }
    }
}
