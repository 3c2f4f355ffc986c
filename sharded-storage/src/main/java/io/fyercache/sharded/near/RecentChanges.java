package io.fyercache.sharded.near;

import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.NearNews;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys that have changed lately in a partition, with the numbers of the entries of the log that changed them: all after some number, as far back as there is
 * room. Used by one thread.
 */
final class RecentChanges {
    /** Bytes of keys, 64 KiB: as much as one key may have, and more than a tick brings. */
    private static final int MAX_BYTES = 64 << 10;

    /** By number, the latest last. */
    private final Deque<Change> changes = new ArrayDeque<>();

    private long generation;
    private long after;
    private long upTo;
    private long bytes;

    private record Change(long number, EntryKey key) {}

    /** Knows of no change, as of an entry of the log. */
    RecentChanges(long generation, long number) {
        restart(generation, number);
    }

    private void restart(long from, long number) {
        generation = from;
        after = number;
        upTo = number;
        changes.clear();
        bytes = 0;
    }

    /** Takes in what is committed: if that is not what this knows, it was committed elsewhere, and this begins anew. */
    void align(long committedGeneration, long number) {
        if (generation != committedGeneration || upTo != number) {
            restart(committedGeneration, number);
        }
    }

    /** Takes in the next entry that is committed. */
    void committed(long committedGeneration, long number, List<EntryKey> keys) {
        align(committedGeneration, number - 1);
        upTo = number;
        for (EntryKey key : keys) {
            changes.add(new Change(number, key));
            bytes += BinarySize.of(key.key());
        }
        while (changes.size() > NearNews.MAX_KEYS || bytes > MAX_BYTES) {
            forgetFirst();
        }
    }

    /** Of an entry that has changed several keys all are known, or the entry is not. */
    private void forgetFirst() {
        after = changes.getFirst().number();
        while (!changes.isEmpty() && changes.getFirst().number() == after) {
            bytes -= BinarySize.of(changes.removeFirst().key().key());
        }
    }

    /** Returns the number of the last entry that is committed. */
    long upTo() {
        return upTo;
    }

    /** Returns what has changed since an entry; that something was missed if this is not known. */
    NearNews since(int partition, long knownGeneration, long number) {
        if (knownGeneration != generation || number < after) {
            return new NearNews(partition, generation, upTo, upTo, List.of());
        }
        Set<EntryKey> changed = new LinkedHashSet<>();
        Iterator<Change> latestFirst = changes.descendingIterator();
        while (latestFirst.hasNext()) {
            Change change = latestFirst.next();
            if (change.number() <= number) {
                break;
            }
            changed.add(change.key());
        }
        return new NearNews(partition, generation, Math.min(number, upTo), upTo, List.copyOf(changed));
    }
}
