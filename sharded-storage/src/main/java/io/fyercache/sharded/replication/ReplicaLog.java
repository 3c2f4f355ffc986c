package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The entries of a copy that are not forgotten yet, in their order and without gaps, and how many of them are committed. Used by one thread.
 */
final class ReplicaLog {
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private long last;
    private long committed;

    /** Makes the log of a copy that has carried out everything up to {@code base}. */
    ReplicaLog(long base) {
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

    /**
     * Adds the next entry.
     *
     * @throws IllegalArgumentException if it is not the next one
     */
    void append(LogEntry entry) {
        if (entry.number() != last + 1) {
            throw new IllegalArgumentException("entry " + entry.number() + " (expected: " + (last + 1) + ")");
        }
        entries.addLast(entry);
        last = entry.number();
    }

    /** Returns the entries after {@code number}, all of which must still be here. */
    List<LogEntry> after(long number) {
        List<LogEntry> after = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (entry.number() > number) {
                after.add(entry);
            }
        }
        if (after.size() != last - Math.min(number, last)) {
            throw new IllegalArgumentException(
                    "entries after " + number + " (expected: from " + (last - entries.size()) + " on)");
        }
        return after;
    }

    /** Counts the entries up to {@code number}, which are not before those that count already, as committed, and returns the new ones. */
    List<LogEntry> commit(long number) {
        List<LogEntry> fresh = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (entry.number() > committed && entry.number() <= number) {
                fresh.add(entry);
            }
        }
        committed = Math.max(committed, Math.min(number, last));
        return fresh;
    }

    /** Forgets committed entries up to {@code number}, which nobody needs any more. */
    void forget(long number) {
        long end = Math.min(number, committed);
        while (!entries.isEmpty() && entries.getFirst().number() <= end) {
            entries.removeFirst();
        }
    }

    /** Replaces what follows {@code base} by the entries of a new primary; what is committed here stands there, too. */
    void replaceAfter(long base, List<LogEntry> successors) {
        while (!entries.isEmpty() && entries.getLast().number() > Math.max(base, committed)) {
            entries.removeLast();
            last--;
        }
        for (LogEntry entry : successors) {
            if (entry.number() > last) {
                append(entry);
            }
        }
    }
}
