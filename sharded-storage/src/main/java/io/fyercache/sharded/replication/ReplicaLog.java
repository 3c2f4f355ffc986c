package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a copy that are not forgotten yet, in their order and without gaps, and how many of them are committed, and told. They lie in a
 * ring, each at its number modulo the ring's length, so that nothing takes longer than it has entries to do with. Used by one thread.
 */
final class ReplicaLog {
    /** What a log has that has no entries: a cluster has many partitions, and most logs are empty most of the time. */
    private static final @Nullable LogEntry[] NO_RING = {};

    private static final long[] NO_ENDS = {};

    /** Its length is a power of two, or 0. */
    private @Nullable LogEntry[] ring = NO_RING;

    /** How many bytes all entries take that there ever were, up to each one; in a ring of the same length. */
    private long[] ends = NO_ENDS;

    /** The same up to the last that was forgotten. */
    private long forgottenEnd;

    /** The number before that of the first entry that is still here. */
    private long forgotten;

    private long last;
    private long committed;

    /** Null until the host is told of changes: in most partitions nobody listens. */
    private @Nullable UntoldEntries untold;

    private List<LogEntry> heldBack = List.of();

    /** Makes the log of a copy that has carried out everything up to {@code base}. */
    ReplicaLog(long base) {
        this.forgotten = base;
        this.last = base;
        this.committed = base;
    }

    /** Returns the number of the last entry. */
    long last() {
        return last;
    }

    /** Returns the number of the last committed entry, never after {@link #last}. */
    long committed() {
        return committed;
    }

    /** Returns the number before that of the first entry that is still here. */
    long forgotten() {
        return forgotten;
    }

    /** V1: returns the last committed entry up to which all changes have arrived where they are listened for. */
    long told() {
        return untold == null || untold.isEmpty() ? committed : untold.first() - 1;
    }

    /**
     * V5: keeps the entries that were carried out in an epoch that has ended, and whose clients are to wait until their changes have arrived. They
     * may be forgotten otherwise.
     */
    void holdBack(List<LogEntry> entries) {
        heldBack = entries;
        releaseHeldBack();
    }

    /** V5: returns those of such entries whose changes have not arrived yet. */
    List<LogEntry> heldBack() {
        return heldBack;
    }

    /** What has arrived is held back no more, nor kept for it. */
    private void releaseHeldBack() {
        if (!heldBack.isEmpty()) {
            long told = told();
            heldBack = heldBack.stream().filter(entry -> entry.number() > told).toList();
        }
    }

    /** B6: returns how many bytes the committed entries after {@link #told} take. */
    long untoldBytes() {
        return untold == null || untold.isEmpty() ? 0 : end(committed) - untold.bytesBefore();
    }

    /**
     * B6: tells whether no change has arrived for so long, although some should. To be called many times while that takes.
     *
     * @param farNanos after which time without a call it was this member that stood still
     */
    boolean isUntoldFor(long patienceNanos, long nowNanos, long farNanos) {
        return untold != null && untold.waitsFor(patienceNanos, nowNanos, farNanos);
    }

    /** Takes in that the host was handed the changes of a committed entry, later than all before, that is still here. */
    void changesHandedOver(long number) {
        if (untold == null) {
            untold = new UntoldEntries();
        }
        untold.add(number, end(number - 1));
    }

    /** Takes in that all changes up to an entry have arrived, whoever told them. */
    void changesArrived(long number) {
        if (untold != null) {
            untold.arrived(number);
            releaseHeldBack();
        }
    }

    /** B6: waits for no change any more that the host was handed; returns the last entry of whose changes some may not arrive, 0 for none. */
    long giveUpChanges() {
        if (untold == null || untold.isEmpty()) {
            return 0;
        }
        long last = untold.last();
        untold.arrived(last);
        releaseHeldBack();
        return last;
    }

    private static int slot(long number, int length) {
        return (int) number & (length - 1);
    }

    private int slot(long number) {
        return slot(number, ring.length);
    }

    private long end(long number) {
        return number == forgotten ? forgottenEnd : ends[slot(number)];
    }

    /** Returns how many bytes the entries after {@code low} up to {@code high} take, which must not be forgotten; 0 if that is not greater. */
    long bytes(long low, long high) {
        return high <= low ? 0 : end(high) - end(low);
    }

    /**
     * Adds the next entry.
     *
     * @throws IllegalArgumentException if it is not the next one
     */
    void append(LogEntry entry) {
        if (entry.number() != last + 1) {
            throw new IllegalArgumentException("entry " + entry.number() + " (expected: " + (last + 1) + ")");
        }
        if (last - forgotten == ring.length) {
            grow();
        }
        long end = end(last) + BinarySize.of(entry);
        last = entry.number();
        ring[slot(last)] = entry;
        ends[slot(last)] = end;
    }

    private void grow() {
        @Nullable LogEntry[] longer = new LogEntry[Math.max(1, 2 * ring.length)];
        long[] longerEnds = new long[longer.length];
        for (long number = forgotten + 1; number <= last; number++) {
            longer[slot(number, longer.length)] = ring[slot(number)];
            longerEnds[slot(number, longer.length)] = ends[slot(number)];
        }
        ring = longer;
        ends = longerEnds;
    }

    /**
     * Returns the first of the entries after {@code low} up to {@code high}: as many as take no more than so many bytes, but one at least.
     *
     * @throws IllegalArgumentException if one of them is not here any more
     */
    List<LogEntry> part(long low, long high, long maxBytes) {
        if (low < forgotten) {
            throw new IllegalArgumentException("entries after " + low + " (expected: from " + forgotten + " on)");
        }
        long end = Math.min(low + 1, high);
        while (end < high && bytes(low, end + 1) <= maxBytes) {
            end++;
        }
        return between(low, end);
    }

    /** Returns the entries after {@code low} up to {@code high}; none if that is not greater. */
    private List<LogEntry> between(long low, long high) {
        List<LogEntry> found = new ArrayList<>((int) Math.max(0, high - low));
        for (long number = low + 1; number <= high; number++) {
            found.add(entry(number));
        }
        return found;
    }

    private LogEntry entry(long number) {
        return Objects.requireNonNull(ring[slot(number)]);
    }

    /** Returns the entries that are not committed. */
    List<LogEntry> uncommitted() {
        return between(committed, last);
    }

    /**
     * Tells whether no entry that is not committed is about a key. If there are many, that is not found out.
     *
     * @param most how many entries are looked at
     */
    boolean isSettled(EntryKey key, int most) {
        if (last - committed > most) {
            return false;
        }
        for (long number = committed + 1; number <= last; number++) {
            if (entry(number).concerns(key)) {
                return false;
            }
        }
        return true;
    }

    /** Counts the entries up to {@code number}, which are not before those that count already, as committed, and returns the new ones. */
    List<LogEntry> commit(long number) {
        List<LogEntry> fresh = between(committed, Math.min(number, last));
        committed += fresh.size();
        return fresh;
    }

    /** Forgets committed entries up to {@code number}, which nobody needs any more. */
    void forget(long number) {
        long end = Math.min(number, committed);
        while (forgotten < end) {
            forgottenEnd = end(forgotten + 1);
            forgotten++;
            ring[slot(forgotten)] = null;
        }
    }

    /**
     * Puts an entry of a new primary in its place, which is among the entries here that are not committed, or the next one. If another one
     * is there, the new primary had neither that nor what follows it, so none of it was ever committed, and it goes.
     */
    void replace(LogEntry entry) {
        if (entry.number() <= last && entry(entry.number()).epoch() != entry.epoch()) {
            dropAfter(entry.number() - 1);
        }
        if (entry.number() > last) {
            append(entry);
        }
    }

    /** Drops the entries after {@code number} that are not committed. */
    void dropAfter(long number) {
        while (last > Math.max(number, committed)) {
            ring[slot(last)] = null;
            last--;
        }
    }

    @Override
    public String toString() {
        return "log " + forgotten + ".." + last + ", committed " + committed + ", told " + told();
    }
}
