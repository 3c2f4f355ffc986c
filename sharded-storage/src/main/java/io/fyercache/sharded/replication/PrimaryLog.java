package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.codec.UnwrittenForm;
import io.fyercache.sharded.replication.NewestEntries.Newest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log as a primary writes it: what is decided gets its place there, goes to all who follow, and counts for what is decided next. Used by
 * one thread.
 */
final class PrimaryLog {
    /**
     * Nanoseconds, 30 s, for which no change arrives before listeners are given up: the process knows which of them takes nothing, and should have
     * given that one up long before.
     */
    static final long LISTENERS_PATIENCE_NANOS = 30_000_000_000L;

    private final ReplicaMember member;
    private final LoggedCopy data;
    private final Followers followers;
    private final NewestEntries newest;

    PrimaryLog(ReplicaMember member, LoggedCopy data, Followers followers) {
        this.member = member;
        this.data = data;
        this.followers = followers;
        this.newest = new NewestEntries(data.copy(), member.host());
    }

    /** Returns the epoch in which it is written. */
    long epoch() {
        return followers.epoch();
    }

    /** Returns the newest state of each entry. */
    NewestEntries newest() {
        return newest;
    }

    /** Returns what is committed. */
    PartitionCopy committed() {
        return data.copy();
    }

    /** Returns the number of the last entry. */
    long last() {
        return data.log().last();
    }

    /**
     * B4: tells whether the log has as many entries as it may, because a follower has not acknowledged them. Whoever adds some that can be
     * refused or put off must not do so then.
     */
    boolean isFull() {
        return takes(data.log().forgotten(), data.log().last(), 1);
    }

    /** B4: tells whether half of what the log may have is kept only for a follower that has acknowledged this entry last. */
    boolean isFarBehind(long acknowledged) {
        return takes(acknowledged, data.log().committed(), 2);
    }

    /** V5: keeps the entries whose clients are to wait in the next epoch, too, should it be this member's. */
    void holdBack(List<LogEntry> entries) {
        data.log().holdBack(entries);
    }

    /** V5: returns the entries that were carried out in an earlier epoch, and whose clients are to wait. */
    List<LogEntry> heldBack() {
        return data.log().heldBack();
    }

    /** L4: tells whether one more cache can acknowledge a loss, even if all that is not committed does so, too. */
    boolean hasRoomForLosses() {
        long mayCome = data.log().last() - data.log().committed();
        return data.copy().acknowledgedLossCount() + mayCome < CopyStart.MAX_ACKNOWLEDGED_LOSSES;
    }

    /** Tells whether the entries after {@code low} up to {@code high} take one of so many parts of the log. */
    private boolean takes(long low, long high, int parts) {
        ReplicationLimits limits = member.limits();
        return (high - low) * parts >= limits.logEntries() || data.log().bytes(low, high) * parts >= limits.logBytes();
    }

    /**
     * B6: waits no longer for changes to arrive of which none has for too long, or for which too much must be kept; returns the last entry of
     * whose changes some may not arrive, 0 if there is none.
     */
    long giveUpListeners(long nowNanos) {
        ReplicaLog entries = data.log();
        boolean tooLong = entries.isUntoldFor(
                LISTENERS_PATIENCE_NANOS, nowNanos, member.times().resendNanos());
        boolean tooMuch = entries.untoldBytes() >= member.limits().untoldBytes();
        return tooLong || tooMuch ? entries.giveUpChanges() : 0;
    }

    /** Returns the partition's time: the wall clock's, unless that is behind what entries have said. */
    long partitionMillis(long wallMillis) {
        return member.rules().keep(Rule.TIME_TRAVELS)
                ? Math.max(data.copy().partitionMillis(), wallMillis)
                : wallMillis;
    }

    /** Returns the newest state of a key. If its time is over, it goes now, by a decision that is replicated (E1). */
    Newest live(EntryKey key, long partitionMillis) {
        Newest present = newest.find(key);
        StoredEntry entry = present.entry();
        if (entry == null || !entry.isExpiredAt(partitionMillis)) {
            return present;
        }
        append(partitionMillis, List.of(expiry(key)));
        return member.rules().keep(Rule.GONE_FOLLOWS_COMMIT) ? newest.find(key) : new Newest(null, present.number());
    }

    /** Returns what becomes of an entry whose time is over. */
    static Effect expiry(EntryKey key) {
        return new Effect.Remove(key, Notice.EXPIRED);
    }

    /** W3: gives what the primary has decided by itself a place, and returns its number. */
    long append(long partitionMillis, List<Effect> effects) {
        return append(partitionMillis, null, new Verdict(effects, Done.NOTHING)).number();
    }

    /** W3: gives what was decided about an operation a place. */
    LogEntry append(long partitionMillis, @Nullable Origin origin, Verdict verdict) {
        LogEntry entry = new LogEntry(
                data.log().last() + 1, epoch(), partitionMillis, origin, verdict.effects(), verdict.answer());
        data.log().append(entry);
        data.copy().advanceTo(partitionMillis);
        newest.prepared(entry);
        if (!member.rules().keep(Rule.WRITE_FOLLOWS_COMMIT)) {
            tellTooEarly(entry);
        }
        followers.send();
        return entry;
    }

    private void tellTooEarly(LogEntry entry) {
        for (Effect effect : entry.effects()) {
            if (effect instanceof Effect.Store store && store.key().isUnwritten()) {
                member.host()
                        .writes()
                        .committed(store.key().owner(), UnwrittenForm.decode(store.value()), entry.partitionMillis());
            }
        }
    }
}
