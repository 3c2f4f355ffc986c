package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.reading.AsideReader;
import io.fyercache.sharded.reading.Holder;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.reading.UnsettledBuckets;
import io.fyercache.sharded.topology.PartitionRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a backup answers from its copy, while its primary lets it (R6): reads of which the primary need not know, of keys of which it holds nothing that may be
 * uncommitted. Everything else is for the primary. Once one was answered, other threads of the process may read the copy, too (R7). Used by one
 * thread.
 */
final class CopyReads {
    /** Entries of the log that are looked through for a key: more are under way at times, and then the primary is asked at less cost. */
    private static final int LOOKED_THROUGH = 32;

    private final ReplicaMember member;
    private final PartitionRecord record;

    /** Until when the primary lets it; counts if it ever has. */
    private boolean sublet;

    private long untilNanos;

    /** What other threads look at before they read; null as long as they have no leave to. */
    private @Nullable UnsettledBuckets unsettled;

    private long unsettledUntilNanos;

    CopyReads(ReplicaMember member, PartitionRecord record) {
        this.member = member;
        this.record = record;
    }

    /** Returns the reads under a later record of the same epoch, with no leave for other threads yet. */
    CopyReads under(PartitionRecord later) {
        CopyReads next = new CopyReads(member, later);
        next.sublet = sublet;
        next.untilNanos = untilNanos;
        return next;
    }

    /** Takes in that the primary lets it answer, since it was asked to. */
    void onSublet(long askedNanos) {
        long until = askedNanos + member.times().usableSubleaseNanos();
        if (!sublet || until - untilNanos > 0) {
            untilNanos = until;
        }
        sublet = true;
    }

    /** Answers a read, if it may and knows what is committed; null if the primary must. */
    @Nullable
    Done answer(Request request, LoggedCopy data, long nowNanos, long wallMillis) {
        if (!sublet || untilNanos - nowNanos <= 0 || !isInSync()) {
            return null;
        }
        EntryKey key = request.key();
        StoredEntry entry = data.copy().find(key);
        HostedCache cache = member.host().cache(key.cache());
        Done answer = cache.readAside(request.task(), key, entry, Holder.BACKUP, new OnThread(wallMillis));
        if (answer == null || !isSettled(data, key) || mayBeLost(data, key)) {
            return null;
        }
        letOthersRead(data);
        cache.counters().count(answer.tally());
        return answer;
    }

    /** A read by the thread that owns the copy. */
    private final class OnThread implements AsideReader {
        private final long wallMillis;

        OnThread(long wallMillis) {
            this.wallMillis = wallMillis;
        }

        @Override
        public long latestMillis() {
            return member.times().latestMillis(wallMillis);
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            member.host().usedAtBackup(key);
        }
    }

    private boolean isInSync() {
        return record.inSync().contains(member.self());
    }

    private boolean isSettled(LoggedCopy data, EntryKey key) {
        return !member.rules().keep(Rule.COPY_KNOWS_COMMIT) || data.log().isSettled(key, LOOKED_THROUGH);
    }

    private boolean mayBeLost(LoggedCopy data, EntryKey key) {
        LossGate losses = LossGate.of(member, data.copy(), record.epoch());
        return losses != null && (losses.mustWait(key.cache(), record.epoch()) || losses.isLost(key.cache()));
    }

    // ---- R7

    private void letOthersRead(LoggedCopy data) {
        boolean isLet = unsettled != null && unsettledUntilNanos == untilNanos;
        if (isLet || LossGate.of(member, data.copy(), record.epoch()) != null) {
            return; // After a loss each cache has its own say, which is not for other threads to ask for.
        }
        UnsettledBuckets present = unsettled;
        if (present == null) {
            present = new UnsettledBuckets();
            data.log().uncommitted().forEach(present::added);
            unsettled = present;
        }
        unsettledUntilNanos = untilNanos;
        member.host().mayBeRead(new ReadLeave(data.copy().shared(), present, untilNanos));
    }

    /** Takes in that an entry was added to the log, before that is acknowledged. */
    void added(LogEntry entry) {
        if (unsettled != null) {
            unsettled.added(entry);
        }
    }

    /** Takes in that an entry was carried out. */
    void carriedOut(LogEntry entry) {
        if (unsettled != null) {
            unsettled.settled(entry);
        }
    }
}
