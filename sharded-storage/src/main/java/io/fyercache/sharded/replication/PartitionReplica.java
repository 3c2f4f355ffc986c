package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Committed;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.PartitionMessage.Confirmed;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.PartitionMessage.Missed;
import io.fyercache.sharded.message.PartitionMessage.OutOfDate;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.Succession;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member's part in one partition: it knows the record that the member has installed, is primary, backup or nothing by it, and keeps
 * whoever does not know the epoch away from both. Used by one thread.
 *
 * @see ReplicaState
 */
public final class PartitionReplica {
    private final ReplicaMember member;

    private @Nullable PartitionRecord record;
    private @Nullable PrimaryReplica primary;
    private @Nullable BackupReplica backup;

    /** The instant before which this member must not serve, on account of its own promises. Counts from when it is set. */
    private boolean mustHold;

    private long holdNanos;

    /** The epoch of the last message that came before its record; 0 if none has. */
    private long missedEpoch;

    /** Makes the part of a member that knows nothing of the partition yet. */
    public PartitionReplica(ReplicaMember member) {
        this.member = member;
    }

    /** Returns what this member is for the partition. */
    public ReplicaState state() {
        PartitionRecord known = record;
        if (primary != null) {
            return primary.state();
        } else if (backup == null || known == null) {
            return ReplicaState.NONE;
        }
        return known.inSync().contains(member.self()) ? ReplicaState.BACKUP : ReplicaState.FILLING;
    }

    /** Returns the record that is installed, or null. */
    public @Nullable PartitionRecord record() {
        return record;
    }

    /** Tells whether this member may answer reads by itself: it serves, has its licence, and all who could replace it have promised not to. */
    public boolean isLeased(long nowNanos) {
        return primary != null && primary.isLeased(nowNanos);
    }

    /** Tells whether this member is the primary, as far as it knows. */
    public boolean leads() {
        return primary != null;
    }

    /** Returns the number of the last entry of the log that is here; 0 if there is no data. */
    public long lastEntry() {
        LoggedCopy data = data();
        return data == null ? 0 : data.log().last();
    }

    /** Returns the number of the last entry that is carried out here; 0 if there is no data. */
    public long lastCommitted() {
        LoggedCopy data = data();
        return data == null ? 0 : data.log().committed();
    }

    /** Returns a number that is the same on members with the same data; 0 if there is none. */
    public long digest() {
        LoggedCopy data = data();
        return data == null ? 0 : data.copy().digest();
    }

    private @Nullable LoggedCopy data() {
        if (primary != null) {
            return primary.data();
        }
        return backup == null ? null : backup.data();
    }

    // ---- the record

    /** T4: installs a record, unless it is not newer than the one that is installed. */
    public void install(PartitionRecord next, long nowNanos) {
        PartitionRecord known = record;
        if (known != null && next.version() <= known.version()) {
            return;
        }
        boolean epochBegins =
                known == null || next.epoch().number() > known.epoch().number();
        if (epochBegins) {
            hold(known, next, nowNanos);
        }
        record = next;
        member.host().mayBeRead(null); // R7
        if (next.primary().equals(member.self())) {
            leadUnder(known, next, epochBegins, nowNanos);
        } else {
            followUnder(known, next, epochBegins);
        }
    }

    /** Works out from this member's promises how long it must hold, should it be the primary now or later. */
    private void hold(@Nullable PartitionRecord known, PartitionRecord next, long nowNanos) {
        PromiseTable promises = member.agreements().promises();
        long until;
        if (known == null || next.epoch().number() > known.epoch().number() + 1) {
            until = promises.untilLast(nowNanos); // Any of them may have been primary in between.
        } else if (next.epoch().succession() == Succession.HANDED_OVER) {
            return; // Its predecessor has stopped; what was promised to others before goes on.
        } else {
            until = promises.until(known.primary(), nowNanos);
        }
        if (!mustHold || !member.rules().keep(Rule.HOLDS_ACCUMULATE) || until - holdNanos > 0) {
            holdNanos = until;
        }
        mustHold = true;
    }

    private boolean isNewGeneration(@Nullable PartitionRecord known, PartitionRecord next) {
        return known == null || next.epoch().generation() > known.epoch().generation();
    }

    private void leadUnder(@Nullable PartitionRecord known, PartitionRecord next, boolean epochBegins, long nowNanos) {
        if (primary != null && !epochBegins) {
            primary.recordChanged(next, nowNanos);
            return;
        }
        if (primary != null) {
            primary.depose();
        }
        LoggedCopy data = data();
        if (data == null || isNewGeneration(known, next)) {
            data = LoggedCopy.empty();
        }
        backup = null;
        primary = new PrimaryReplica(member, next, data, nowNanos);
    }

    private void followUnder(@Nullable PartitionRecord known, PartitionRecord next, boolean epochBegins) {
        LoggedCopy data = isNewGeneration(known, next) ? null : data();
        if (primary != null) {
            primary.depose();
            primary = null;
        }
        boolean inSync = next.inSync().contains(member.self());
        if (!inSync && !next.joining().contains(member.self())) {
            backup = null;
        } else if (backup != null && !epochBegins) {
            backup = backup.under(next);
        } else if (inSync && (data != null || known == null)) {
            // Whoever is in sync without having been filled is so from the founding on, when there was nothing.
            backup = BackupReplica.inSync(member, next, data == null ? LoggedCopy.empty() : data);
        } else {
            backup = BackupReplica.joining(member, next);
        }
        if (inSync && epochBegins && next.epoch().number() == missedEpoch) {
            member.host().send(next.primary(), new Missed(missedEpoch));
        }
    }

    // ---- messages

    /** Takes a message from another member. */
    public void onMessage(Incarnation from, PartitionMessage message, long nowNanos) {
        PartitionRecord known = record;
        if (known == null || message.epoch() > known.epoch().number()) {
            // Records come with the table alone, whose version goes with each grant: a member that knew an epoch from
            // elsewhere
            // would go on granting leases to the primary before it, under a version at which they still count.
            missedEpoch = message.epoch();
            member.host().learnTable();
            return;
        }
        if (message.epoch() < known.epoch().number() && isFenced(message)) {
            member.host().send(from, new OutOfDate(known.epoch().number()));
        } else if (from.equals(known.primary())
                || message.epoch() < known.epoch().number()) {
            followOnMessage(message, from);
        } else if (primary != null) {
            leadOnMessage(primary, from, message, nowNanos);
        }
    }

    private boolean isFenced(PartitionMessage message) {
        if (message instanceof Prepare) {
            return member.rules().keep(Rule.EPOCH_FENCES_PREPARE);
        }
        return !(message instanceof Confirm) || member.rules().keep(Rule.EPOCH_FENCES_CONFIRM);
    }

    private void followOnMessage(PartitionMessage message, Incarnation from) {
        if (message instanceof Confirm confirm) {
            member.host().send(from, new Confirmed(confirm.epoch(), confirm.round()));
            return;
        }
        BackupReplica follower = backup;
        if (follower == null) {
            return;
        }
        if (message instanceof Prepare prepare) {
            follower.onPrepare(from, prepare);
        } else if (message instanceof Committed committed) {
            follower.onCommitted(committed);
        } else if (message instanceof Reconcile reconcile) {
            follower.onReconcile(reconcile);
        } else if (message instanceof CopyStart start) {
            follower.onCopyStart(start);
        } else if (message instanceof CopyPart part) {
            follower.onCopyPart(part);
        }
    }

    private static void leadOnMessage(
            PrimaryReplica leader, Incarnation from, PartitionMessage message, long nowNanos) {
        if (message instanceof Acknowledge acknowledge) {
            leader.onAcknowledge(from, acknowledge, nowNanos);
        } else if (message instanceof Missed) {
            leader.onMissed(from, nowNanos);
        } else if (message instanceof Confirmed confirmed) {
            leader.onConfirmed(from, confirmed.round(), nowNanos);
        } else if (message instanceof CopyProgress progress) {
            leader.onCopyProgress(from, progress, nowNanos);
        }
    }

    /** T5: begins to serve if this is the primary and may. To be called when a message was taken in, which may have been what it waited for. */
    public void serveIfReady(long nowNanos, long wallMillis) {
        if (primary != null) {
            primary.serveIfReady(nowNanos, wallMillis, !mustHold || nowNanos - holdNanos >= 0);
        }
    }

    /** Takes a client's request. */
    public void onRequest(Request request, long nowNanos, long wallMillis) {
        if (primary == null) {
            Answer read = backup == null ? null : backup.read(request, nowNanos, wallMillis);
            member.host().answer(request.id(), request.attempt(), read == null ? NotServing.NOT_SERVING : read);
        } else {
            primary.onRequest(request, nowNanos, wallMillis);
        }
    }

    /** E5: takes in that an entry was read from a backup's copy; counts where this is the primary that serves it. */
    public void onUsedElsewhere(EntryKey key) {
        if (primary != null) {
            primary.onUsedElsewhere(key);
        }
    }

    /** R6: lets a copy answer reads, if this is the primary and may; tells whether it does. */
    public boolean sublet(Incarnation to, long nowNanos) {
        return primary != null && primary.sublet(to, nowNanos);
    }

    /**
     * R6: takes in that the primary, as of the table that is installed, lets this copy answer reads.
     *
     * @param askedNanos when that was asked for
     */
    public void onSublet(Incarnation by, long askedNanos) {
        if (backup != null && record != null && record.primary().equals(by)) {
            backup.onSublet(askedNanos);
        }
    }

    /** U3: takes what came of a call of user code, if it is one of the present epoch. */
    public void onUserCode(UserCodeOutcome outcome, long nowNanos, long wallMillis) {
        if (primary != null) {
            primary.onUserCode(outcome, nowNanos, wallMillis);
        }
    }

    /** Q5: tells whether changes of caches that write behind may be written, by this member and at this moment. */
    public boolean mayWrite(long nowNanos) {
        return primary != null && primary.mayWrite(nowNanos);
    }

    /**
     * Q4: takes in what came of the writing of a change.
     *
     * @param tried what the database was told of the key
     * @param left what is to be kept instead of it, since it was given up; null if it was written
     */
    public void onWriteEnded(
            EntryKey key, UnwrittenChange tried, @Nullable UnwrittenChange left, long nowNanos, long wallMillis) {
        if (primary != null) {
            primary.onWriteEnded(key, tried, left, nowNanos, wallMillis);
        }
    }

    /**
     * V1: takes in that all changes up to an entry, which the host was told in a generation, have arrived where they are listened for. It does
     * not matter in which epoch the host was told.
     */
    public void onChangesArrived(long generation, long number, long nowNanos) {
        LoggedCopy data = data();
        if (data != null && isOfThis(generation)) {
            data.log().changesArrived(number);
            if (primary != null) {
                primary.onChangesArrived(nowNanos);
            }
        }
    }

    private boolean isOfThis(long generation) {
        return record != null && record.epoch().generation() == generation;
    }

    /** V5: takes in what listeners threw when they were told of changes, before those count as arrived. */
    public void onListenerFailures(long generation, List<ListenerFailure> failures) {
        if (primary != null && isOfThis(generation)) {
            primary.onListenerFailures(failures);
        }
    }

    /** V3: returns the processes that listen, as far as entries have been carried out here. */
    public Collection<Long> listeners() {
        LoggedCopy data = data();
        ListenerRegister register = data == null ? null : data.copy().listeners();
        return register == null ? List.of() : register.clients();
    }

    /** V3: sees to it that a process counts no longer as one that listens, if this member leads the partition. */
    public void forgetListener(long client, long nowNanos, long wallMillis) {
        if (primary != null) {
            primary.forgetListener(client, nowNanos, wallMillis);
        }
    }

    /** E5: takes out an entry that an {@link EvictionOrder} has chosen, if it is there, is served here, and nobody is changing it. */
    public void evict(EntryKey key, long nowNanos, long wallMillis) {
        if (primary != null) {
            primary.evict(key, nowNanos, wallMillis);
        }
    }

    /** J3: gives up the epoch, if the controller's wish is about the record that is installed. */
    public void relinquish(long version, long nowNanos) {
        if (primary != null && record != null && record.version() == version) {
            primary.relinquish(nowNanos);
        }
    }

    /** Tells whether what time alone brings about can wait for some ticks. */
    public boolean isAtRest() {
        return primary == null || primary.isAtRest();
    }

    /**
     * Does what time alone brings about: a start of serving, reads by a lease that has come, removals of what has expired, repetitions of
     * what may be lost.
     */
    public void onTick(long nowNanos, long wallMillis) {
        serveIfReady(nowNanos, wallMillis);
        if (primary != null) {
            primary.onTick(nowNanos, wallMillis);
        }
    }

    /** Says what it has and how far it is, without any key or value. */
    @Override
    public String toString() {
        return state() + "[" + (primary == null ? backup : primary) + "] by " + record;
    }
}
