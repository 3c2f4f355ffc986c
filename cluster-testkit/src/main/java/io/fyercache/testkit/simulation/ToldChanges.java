package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.replication.CommittedChange;
import io.fyercache.sharded.replication.CommittedChanges;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What primaries hand out to be told: all that must be, in its order, more than once at most (V1). A loss of all copies may lose some, and so may
 * a primary that has said that it waits no more (B6).
 */
final class ToldChanges {
    private final LoggedChanges logged = new LoggedChanges();
    private final TreeMap<Long, List<CommittedChange>> untold = new TreeMap<>();
    private long generation;
    private long lastTold;

    /** The last entry of whose changes a primary has said that they may not arrive. */
    private long givenUp;

    private int count;

    /** Returns how many changes were told, each once. */
    int count() {
        return count;
    }

    /** Returns how many entries were evicted. */
    int evicted() {
        return logged.evicted();
    }

    /** Returns the keys that have values by now, of those caches. */
    Set<EntryKey> keysOf(long presentGeneration, IntPredicate caches) {
        return logged.keysOf(presentGeneration, caches);
    }

    /** Takes in a committed entry, once. */
    void committed(long inGeneration, LogEntry entry) {
        List<CommittedChange> changes = logged.committed(inGeneration, entry);
        if (logged.generation() > generation) {
            generation = logged.generation();
            untold.clear();
            lastTold = 0;
            givenUp = 0;
        }
        if (!changes.isEmpty()) {
            untold.put(entry.number(), changes);
        }
    }

    /** Takes in what a member tells; it may come again, from the same or another one. */
    void told(CommittedChanges changes) {
        boolean isRepeated = changes.generation() == generation && changes.number() <= lastTold;
        if (changes.generation() < generation || isRepeated) {
            return;
        }
        untold.headMap(Math.min(givenUp + 1, changes.number())).clear();
        Map.Entry<Long, List<CommittedChange>> next = untold.pollFirstEntry();
        if (next == null
                || next.getKey() != changes.number()
                || !next.getValue().equals(changes.changes())) {
            throw new AssertionError("V1: told was " + changes + ", when it was the turn of " + next);
        }
        lastTold = changes.number();
        count += changes.changes().size();
    }

    /** Takes in that a primary waits no more for its listeners, up to an entry. */
    void givenUp(long inGeneration, long number) {
        if (inGeneration == generation) {
            givenUp = Math.max(givenUp, number);
        }
    }

    /** Returns what is not as it should be when everything has been told. What was lost with an earlier generation nobody can tell any more. */
    List<String> wounds(long presentGeneration) {
        Map<Long, List<CommittedChange>> missing = untold.tailMap(givenUp, false);
        return missing.isEmpty() || generation < presentGeneration
                ? List.of()
                : List.of("of " + missing.size() + " entries nobody was told: " + missing);
    }
}
