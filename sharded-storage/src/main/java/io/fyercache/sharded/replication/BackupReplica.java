package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Bucket;
import io.fyercache.sharded.message.PartitionMessage.Committed;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A copy that follows a primary: it takes over that one's log, keeps its entries, and carries out what is committed. Used by one thread.
 */
final class BackupReplica {
    private final ReplicaMember member;
    private final PartitionRecord record;

    /** Null as long as there is none: the stream that brings it has not begun. */
    private @Nullable LoggedCopy data;

    /** Whether the log is that of this epoch's primary, so that its entries can be added. */
    private boolean follows;

    /** The stream that has filled the copy, 0 if it is from before this epoch. */
    private long stream;

    private BackupReplica(ReplicaMember member, PartitionRecord record, @Nullable LoggedCopy data) {
        this.member = member;
        this.record = record;
        this.data = data;
    }

    /** Makes the backup of an epoch that begins, with the data that the member has from earlier ones. */
    static BackupReplica inSync(ReplicaMember member, PartitionRecord record, LoggedCopy data) {
        return new BackupReplica(member, record, data);
    }

    /** Makes a backup that has nothing yet. */
    static BackupReplica joining(ReplicaMember member, PartitionRecord record) {
        return new BackupReplica(member, record, null);
    }

    /** Returns this backup under a later record of the same epoch. */
    BackupReplica under(PartitionRecord later) {
        BackupReplica next = new BackupReplica(member, later, data);
        next.follows = follows;
        next.stream = stream;
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

    private void acknowledge(Incarnation to, long epoch, LoggedCopy present) {
        member.host().send(to, new Acknowledge(epoch, stream, present.log().last()));
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
            }
        }
        commit(present, prepare.committed());
        acknowledge(from, prepare.epoch(), present);
    }

    /** Carries out what is committed. */
    void onCommitted(Committed message) {
        LoggedCopy present = data;
        if (present != null && follows) {
            commit(present, message.committed());
        }
    }

    private void commit(LoggedCopy present, long number) {
        if (member.rules().keep(Rule.DEDUP_TRAVELS)) {
            present.commit(number, CommitWitness.NONE);
        } else {
            present.commitForgetfully(number);
        }
        present.log().changesArrived(number); // Or it would not have been said (V1).
        present.log().forget(number);
    }

    /** T4: takes over the log of a new primary. */
    void onReconcile(Reconcile message) {
        LoggedCopy present = data;
        if (present == null || !record.inSync().contains(member.self())) {
            return;
        }
        if (!follows) {
            present.log().replaceAfter(message.base(), message.entries());
            follows = true;
        }
        acknowledge(record.primary(), epoch(), present);
    }

    /** J1: begins to be filled, anew if the stream is a later one. */
    void onCopyStart(CopyStart start) {
        if (start.stream() > record.version() && member.rules().keep(Rule.COPY_NAMES_RECORD)) {
            member.host().learnTable(); // A record that is not known yet may take this member out, and all it has.
            return;
        }
        if (!record.joining().contains(member.self())) {
            return;
        }
        if (start.stream() > stream) {
            LoggedCopy filling = LoggedCopy.toBeFilled(start.base());
            start.results()
                    .forEach(known ->
                            filling.copy().results().add(known.origin(), known.answer(), known.partitionMillis()));
            if (member.rules().keep(Rule.ACKNOWLEDGED_LOSS_TRAVELS)) {
                start.acknowledgedLosses().forEach(filling.copy()::acknowledgeLoss);
            }
            filling.copy().advanceTo(start.partitionMillis());
            data = filling;
            stream = start.stream();
            follows = true;
        }
        tellProgress();
    }

    /** J1: takes in a bucket, unless entries have been carried out that it does not contain; then it comes again. */
    void onBucket(Bucket bucket) {
        LoggedCopy present = data;
        if (present == null || bucket.stream() != stream) {
            return;
        }
        if (bucket.asOf() >= present.log().committed()) {
            present.copy().fill(bucket.bucket(), bucket.asOf(), bucket.entries());
            present.copy().carriedOut(present.log().committed());
        }
        tellProgress();
    }

    private void tellProgress() {
        int filled = Objects.requireNonNull(data).copy().filled();
        member.host().send(record.primary(), new CopyProgress(epoch(), stream, filled));
    }

    @Override
    public String toString() {
        return (data == null ? "nothing" : data.log().toString()) + ", stream " + stream + (follows ? ", follows" : "");
    }
}
