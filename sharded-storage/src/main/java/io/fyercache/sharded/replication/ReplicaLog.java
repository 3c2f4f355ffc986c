package io.fyercache.sharded.replication;

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
    /** Entries that have room before the ring grows: few, as a cluster has many partitions. A power of two, as all its lengths are. */
    private static final int FIRST_LENGTH = 1;

    private @Nullable LogEntry[] ring = new LogEntry[FIRST_LENGTH];

    /** The number before that of the first entry that is still here. */
    private long forgotten;

    private long last;
    private long committed;

    /** The last entry of whose changes the host was told. */
    private long handedOver;

    /** An entry up to which changes have arrived where they are listened for. */
    private long arrived;

    /** Makes the log of a copy that has carried out everything up to {@code base}. */
    ReplicaLog(long base) {
        this.forgotten = base;
        this.last = base;
        this.committed = base;
        this.handedOver = base;
        this.arrived = base;
    }

    /** Returns the number of the last entry. */
    long last() {
        return last;
    }

    /** Returns the number of the last committed entry, never after {@link #last}. */
    long committed() {
        return committed;
    }

    /** V1: returns the last committed entry up to which all changes have arrived where they are listened for. */
    long told() {
        return arrived >= handedOver ? committed : arrived;
    }

    /** Takes in that the host was handed the changes of a committed entry, later than all before. */
    void changesHandedOver(long number) {
        if (arrived >= handedOver) {
            arrived = Math.max(arrived, number - 1); // Of those in between there was nothing to tell.
        }
        handedOver = number;
    }

    /** Takes in that all changes up to an entry have arrived, whoever told them. */
    void changesArrived(long number) {
        arrived = Math.max(arrived, number);
    }

    private static int slot(long number, @Nullable LogEntry[] ring) {
        return (int) number & (ring.length - 1);
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
        last = entry.number();
        ring[slot(last, ring)] = entry;
    }

    private void grow() {
        @Nullable LogEntry[] longer = new LogEntry[2 * ring.length];
        for (long number = forgotten + 1; number <= last; number++) {
            longer[slot(number, longer)] = ring[slot(number, ring)];
        }
        ring = longer;
    }

    /**
     * Returns the entries after {@code number}.
     *
     * @throws IllegalArgumentException if one of them is not here any more
     */
    List<LogEntry> after(long number) {
        if (number < forgotten) {
            throw new IllegalArgumentException("entries after " + number + " (expected: from " + forgotten + " on)");
        }
        return between(number, last);
    }

    /** Returns the entries after {@code low} up to {@code high}; none if that is not greater. */
    private List<LogEntry> between(long low, long high) {
        List<LogEntry> found = new ArrayList<>();
        for (long number = low + 1; number <= high; number++) {
            found.add(Objects.requireNonNull(ring[slot(number, ring)]));
        }
        return found;
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
            forgotten++;
            ring[slot(forgotten, ring)] = null;
        }
    }

    /** Replaces what follows {@code base} by the entries of a new primary; what is committed here stands there, too. */
    void replaceAfter(long base, List<LogEntry> successors) {
        while (last > Math.max(base, committed)) {
            ring[slot(last, ring)] = null;
            last--;
        }
        for (LogEntry entry : successors) {
            if (entry.number() > last) {
                append(entry);
            }
        }
    }

    @Override
    public String toString() {
        return "log " + forgotten + ".." + last + ", committed " + committed;
    }
}
