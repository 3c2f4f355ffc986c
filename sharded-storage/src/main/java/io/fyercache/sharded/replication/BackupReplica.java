package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Committed;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import org.jspecify.annotations.Nullable;

/**
 * A copy that follows a primary: it takes over that one's log, keeps its entries, and carries out what is committed. Used by one thread.
 */
final class BackupReplica implements CommitWitness {
    /** What is known to agree before the new primary has said anything. */
    private static final long NOTHING = -1;

    private final ReplicaMember member;
    private final PartitionRecord record;

    /** Null as long as there is none: the stream that brings it has not begun. */
    private @Nullable LoggedCopy data;

    /** Whether the log is that of this epoch's primary, so that its entries can be added. */
    private boolean follows;

    /** As long as it does not follow: up to which entry the log is known to be that of this epoch's primary. */
    private long agreed = NOTHING;

    /** The stream that has filled the copy, 0 if it is from before this epoch. */
    private long stream;

    private final CopyReads reads;

    /** A part of the copy that contains entries which are still on their way; null if there is none. */
    private @Nullable CopyPart early;

    private BackupReplica(ReplicaMember member, PartitionRecord record, @Nullable LoggedCopy data, CopyReads reads) {
        this.member = member;
        this.record = record;
        this.data = data;
        this.reads = reads;
    }

    /** Makes the backup of an epoch that begins, with the data that the member has from earlier ones. */
    static BackupReplica inSync(ReplicaMember member, PartitionRecord record, LoggedCopy data) {
        return new BackupReplica(member, record, data, new CopyReads(member, record));
    }

    /** Makes a backup that has nothing yet. */
    static BackupReplica joining(ReplicaMember member, PartitionRecord record) {
        return new BackupReplica(member, record, null, new CopyReads(member, record));
    }

    /** Returns this backup under a later record of the same epoch. */
    BackupReplica under(PartitionRecord later) {
        BackupReplica next = new BackupReplica(member, later, data, reads.under(later));
        next.follows = follows;
        next.agreed = agreed;
        next.stream = stream;
        next.early = early;
        return next;
    }

    /** Returns what it has, or null. */
    @Nullable
    LoggedCopy data() {
        return data;
    }

    private long epoch() {
        return record.epoch().number();
    }

    private void acknowledge(Incarnation to, long epoch, long number) {
        member.host().send(to, new Acknowledge(epoch, stream, number));
    }

    /** W3, W4: keeps those entries that come next, and says what is here. */
    void onPrepare(Incarnation from, Prepare prepare) {
        LoggedCopy present = data;
        if (present == null || !follows) {
            return; // The log of this epoch's primary must come first; it is sent until it is acknowledged.
        }
        for (LogEntry entry : prepare.entries()) {
            if (entry.number() == present.log().last() + 1) {
                present.log().append(entry);
                reads.added(entry);
            }
        }
        takeInEarly(present);
        commit(present, prepare.committed());
        acknowledge(from, prepare.epoch(), present.log().last());
    }

    /** Carries out what is committed. */
    void onCommitted(Committed message) {
        LoggedCopy present = data;
        if (present != null && follows) {
            commit(present, message.committed());
        }
    }

    // ---- R6

    /** Takes in that the primary lets it answer reads. */
    void onSublet(long askedNanos) {
        reads.onSublet(askedNanos);
    }

    /** Answers a read, if it may and knows what is committed; null if the primary must. */
    @Nullable
    Answer read(Request request, long nowNanos, long wallMillis) {
        LoggedCopy present = data;
        return present == null || !follows ? null : reads.answer(request, present, nowNanos, wallMillis);
    }

    private boolean isInSync() {
        return record.inSync().contains(member.self());
    }

    private void commit(LoggedCopy present, long number) {
        if (member.rules().keep(Rule.DEDUP_TRAVELS)) {
            present.commit(number, this);
        } else {
            present.commitForgetfully(number);
        }
        present.log().changesArrived(number); // Or it would not have been said (V1).
        present.log().forget(number);
    }

    /**
     * T4, B1: takes over the log of a new primary, part by part. What its own log has beyond the parts that are here stays until all are: the
     * primary may be gone before it has sent the rest, and that may be what clients were told.
     */
    void onReconcile(Reconcile part) {
        LoggedCopy present = data;
        if (present == null || !isInSync()) {
            return;
        }
        if (!follows) {
            takeOver(present.log(), part);
        }
        acknowledge(record.primary(), epoch(), follows ? present.log().last() : agreed);
    }

    private void takeOver(ReplicaLog log, Reconcile part) {
        if (agreed == NOTHING && !member.rules().keep(Rule.TAKEOVER_KEEPS_WHAT_AGREES)) {
            log.dropAfter(part.base());
        }
        agreed = Math.max(agreed, Math.max(part.base(), log.committed()));
        for (LogEntry entry : part.entries()) {
            if (entry.number() == agreed + 1) {
                log.replace(entry);
                agreed++;
            }
        }
        if (agreed >= part.last()) {
            log.dropAfter(agreed);
            follows = true;
        }
    }

    /** J1: begins to be filled, anew if the stream is a later one. */
    void onCopyStart(CopyStart start) {
        if (start.version() > record.version() && member.rules().keep(Rule.COPY_NAMES_RECORD)) {
            member.host().learnTable(); // A record that is not known yet may take this member out, and all it has.
            return;
        }
        if (!record.joining().contains(member.self())) {
            return;
        }
        if (start.stream() > stream) {
            LoggedCopy filling = LoggedCopy.toBeFilled(start.base());
            if (member.rules().keep(Rule.ACKNOWLEDGED_LOSS_TRAVELS)) {
                start.acknowledgedLosses().forEach(filling.copy()::acknowledgeLoss);
            }
            if (member.rules().keep(Rule.LISTENERS_TRAVEL)) {
                start.listening().forEach(filling.copy()::listen);
            }
            filling.copy().advanceTo(start.partitionMillis());
            data = filling;
            early = null;
            stream = start.stream();
            follows = true;
        }
        LoggedCopy present = data;
        if (present != null) {
            tellProgress(present);
        }
    }

    /** J1, B3: takes in a part of the copy, as soon as what it contains has been carried out. */
    void onCopyPart(CopyPart part) {
        LoggedCopy present = data;
        if (present == null || part.stream() != stream) {
            return;
        }
        early = part;
        takeInEarly(present);
    }

    private void takeInEarly(LoggedCopy present) {
        CopyPart part = early;
        boolean meets = member.rules().keep(Rule.COPY_MEETS_LOG);
        if (part == null || (part.asOf() > present.log().last() && meets)) {
            return;
        }
        early = null;
        commit(present, part.asOf());
        // If more has been carried out, that was not done to what this part brings; it comes again.
        if (part.asOf() == present.log().committed() || !meets) {
            present.copy().fill(part.results(), part.entries(), part.reached());
        }
        tellProgress(present);
    }

    private void tellProgress(LoggedCopy present) {
        member.host()
                .send(
                        record.primary(),
                        new CopyProgress(epoch(), stream, present.copy().reached()));
    }

    @Override
    public void carriedOut(long number, Effect effect, @Nullable StoredEntry before) {
        // The primary tells.
    }

    @Override
    public void committed(LogEntry entry) {
        reads.carriedOut(entry);
    }

    @Override
    public String toString() {
        return (data == null ? "nothing" : data.log().toString()) + ", stream " + stream + (follows ? ", follows" : "");
    }
}
