package io.fyercache.sharded.controller;

import io.fyercache.sharded.controller.LossWatch.Haste;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.placement.PartitionPlacer;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.Standing;
import io.fyercache.sharded.topology.TableDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the table, for one epoch: looks at it and at the members, and writes what should change, one change at a time. It may have
 * been deposed without knowing; then its writes are refused, and that is how it learns of it. Used by one thread.
 */
public final class Controller {

    private final ControllerEpoch epoch;
    private final ControllerHost host;
    private final ControllerSettings settings;
    private final LossWatch losses;

    private @Nullable VersionedTable table;
    private State state = State.REFRESHING;
    private boolean resigned;

    /** The change that is under way. */
    private @Nullable TableWrite writing;

    /** What primaries ask for, the latest of each partition. */
    private final TreeMap<Integer, ControllerRequest> wishes = new TreeMap<>();

    /** For whom the copies were placed, and where they should be by that; null before the first time. */
    private @Nullable List<Member> placedFor;

    private List<List<Incarnation>> targets = List.of();
    private List<Member> staying = List.of();
    private long stayingNanos;
    private final HandOvers handOvers;

    private enum State {
        /** It waits to hear what the table is. */
        REFRESHING,
        /** It can write. */
        READY,
        /** It waits to hear whether a change is done. */
        WRITING,
        /** Somebody else is the controller. */
        DEPOSED
    }

    /** Begins an epoch, by asking what the table is. */
    public Controller(
            ControllerEpoch epoch, ControllerHost host, ControllerSettings settings, ProtocolTimes times, Rules rules) {
        this.epoch = epoch;
        this.host = host;
        this.settings = settings;
        this.losses = new LossWatch(
                times, rules, settings.lossPolicies().contains(LossPolicy.RESET_NOW) ? Haste.SOME : Haste.NONE);
        this.handOvers = new HandOvers(times.resendNanos());
        host.refresh();
    }

    /** Returns the epoch in which this decides. */
    public ControllerEpoch epoch() {
        return epoch;
    }

    /** Tells whether {@link #decide} would do anything: no answer of ZooKeeper is waited for. */
    public boolean isReady() {
        return state == State.READY;
    }

    /** Tells whether it has learned that somebody else is the controller. */
    public boolean isDeposed() {
        return state == State.DEPOSED;
    }

    /** Takes in the table, unless a later one is known. */
    public void onTable(VersionedTable seen) {
        VersionedTable known = table;
        if (known == null || seen.version() > known.version()) {
            table = seen;
        }
    }

    /** Takes in a wish of a partition's primary. Whoever asks asks again, so that it does not matter if this is too early. */
    public void onAsked(Incarnation from, int partition, ControllerRequest request) {
        VersionedTable known = table;
        if (known != null && partition >= 0 && partition < known.table().partitionCount()) {
            PartitionRecord record = known.table().record(partition);
            if (record.primary().equals(from) && record.version() == request.version()) {
                wishes.put(partition, request);
            }
        }
    }

    /** What was asked for by {@link ControllerHost#refresh} is known. */
    public void onRefreshed() {
        if (state == State.REFRESHING) {
            state = State.READY;
        }
    }

    /** Takes in how the change that is under way ended. */
    public void onWritten(WriteOutcome outcome) {
        TableWrite written = writing;
        if (state != State.WRITING || written == null) {
            return;
        }
        writing = null;
        switch (outcome) {
            case DONE -> {
                state = State.READY;
                done(written);
            }
            case DEPOSED -> state = State.DEPOSED;
            case OUT_OF_DATE, UNKNOWN -> {
                state = State.REFRESHING;
                host.refresh();
            }
        }
    }

    private void done(TableWrite written) {
        VersionedTable known = table;
        if (written instanceof TableWrite.Found found) {
            onTable(new VersionedTable(1, found.table()));
            host.refresh(); // So that the member, too, has the table, which is too large to be told.
        } else if (written instanceof TableWrite.Change change && known != null) {
            long version = change.baseVersion() + 1;
            if (known.version() == change.baseVersion()) {
                onTable(new VersionedTable(version, known.table().apply(change.delta())));
            }
            host.announce(new MemberMessage.TableChanged(version, change.delta()));
        }
    }

    /** Does what the members and the table ask for. */
    public void decide(Verdicts verdicts, long nowNanos) {
        if (state != State.READY) {
            return;
        }
        if (verdicts.isIsolated()) {
            resign();
            return;
        }
        resigned = false;
        place(verdicts, nowNanos);
        VersionedTable known = table;
        if (known == null) {
            found(verdicts);
        } else {
            change(known, verdicts, nowNanos);
        }
    }

    private void resign() {
        if (!resigned) {
            resigned = true;
            host.requeue();
        }
    }

    private void write(TableWrite write) {
        state = State.WRITING;
        writing = write;
        host.write(write);
    }

    @Override
    public String toString() {
        return "Controller[" + epoch + ", " + state + ", table " + (table == null ? 0 : table.version()) + "]";
    }

    // ---- where copies should be

    private void place(Verdicts verdicts, long nowNanos) {
        List<Member> now = verdicts.staying();
        if (!now.equals(staying)) {
            staying = now;
            stayingNanos = nowNanos;
        }
        VersionedTable known = table;
        boolean settled = placedFor == null || nowNanos - stayingNanos >= settings.settleNanos();
        if (known != null && settled && !now.isEmpty() && !now.equals(placedFor)) {
            placedFor = now;
            targets = PartitionPlacer.place(now, settings.redundancy(), known.table())
                    .targets();
        }
    }

    private List<Incarnation> target(int partition, PartitionRecord record) {
        return targets.isEmpty() ? record.target() : targets.get(partition);
    }

    private void found(Verdicts verdicts) {
        List<Member> founders = verdicts.staying();
        if (!founders.isEmpty()) {
            PartitionTable blank =
                    PartitionTable.initial(settings.layout(), founders.get(0).incarnation());
            List<PartitionRecord> records =
                    PartitionPlacer.place(founders, settings.redundancy(), blank).targets().stream()
                            .map(PartitionRecord::founding)
                            .toList();
            write(new TableWrite.Found(epoch, PartitionTable.of(settings.layout(), records)));
        }
    }

    // ---- the records

    private void change(VersionedTable known, Verdicts verdicts, long nowNanos) {
        PartitionTable records = known.table();
        RecordSteps steps = new RecordSteps(records, verdicts, settings.joinsPerMember());
        List<TableDelta.Change> changes = new ArrayList<>();
        for (int partition = 0; partition < records.partitionCount(); partition++) {
            PartitionRecord record = records.record(partition);
            PartitionRecord next = next(partition, record, steps, verdicts, nowNanos);
            if (next != null) {
                changes.add(new TableDelta.Change(partition, next));
            }
        }
        wishes.clear();
        List<Incarnation> expelled = steps.dispensable(verdicts.toBeExpelled());
        if (!changes.isEmpty() || !expelled.isEmpty()) {
            write(new TableWrite.Change(
                    epoch, known.version(), new TableDelta(records.partitionCount(), changes), expelled));
        } else {
            askToGiveUp(records, steps, nowNanos);
        }
    }

    private @Nullable PartitionRecord next(
            int partition, PartitionRecord record, RecordSteps steps, Verdicts verdicts, long nowNanos) {
        List<Incarnation> target = target(partition, record);
        if (!steps.noteIfLost(record)) {
            boolean firm = losses.survives(partition, record, nowNanos);
            PartitionRecord next = steps.next(record, wishes.get(partition), target);
            return next == null && firm ? record.makeFirm() : next;
        }
        Standing standing = losses.mayReset(partition, record, verdicts, nowNanos);
        return standing == null ? null : steps.reset(record, standing, target);
    }

    /** J3. */
    private void askToGiveUp(PartitionTable records, RecordSteps steps, long nowNanos) {
        int partition = handOvers.next(records, steps, nowNanos);
        if (partition != HandOvers.NONE) {
            PartitionRecord record = records.record(partition);
            host.send(record.primary(), new MemberMessage.Relinquish(partition, record.version()));
        }
    }
}
