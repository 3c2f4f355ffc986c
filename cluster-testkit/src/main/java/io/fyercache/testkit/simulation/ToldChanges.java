package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.replication.CommittedChange;
import io.fyercache.sharded.replication.CommittedChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the changes of a partition must be, by what is committed, and what somebody is told who listens: all of them, in their order, more
 * than once at most (V1). A loss of all copies may lose some, and so may who was said to be given up (B6).
 */
final class ToldChanges {
    private final IntPredicate isHeard;
    private final Map<EntryKey, EncodedValue> values = new HashMap<>();
    private final TreeMap<Long, List<CommittedChange>> untold = new TreeMap<>();
    private long generation;
    private long lastCommitted;
    private long lastTold;

    /** The last entry of whose changes a primary has said that they may not arrive. */
    private long givenUp;

    private int count;
    private int evicted;

    /** Takes which caches somebody listens to. */
    ToldChanges(IntPredicate isHeard) {
        this.isHeard = isHeard;
    }

    /** Returns how many changes were told, each once. */
    int count() {
        return count;
    }

    /** Returns how many entries were evicted. */
    int evicted() {
        return evicted;
    }

    /** Returns the keys that have values by now, of those caches. What was lost with an earlier generation has none. */
    Set<EntryKey> keysOf(long presentGeneration, IntPredicate caches) {
        return generation < presentGeneration
                ? Set.of()
                : values.keySet().stream()
                        .filter(key -> caches.test(key.cache()))
                        .collect(Collectors.toSet());
    }

    // ---- what is committed

    /** Takes in a committed entry, once. */
    void committed(long inGeneration, LogEntry entry) {
        if (inGeneration < generation) {
            return;
        }
        if (inGeneration > generation) {
            begin(inGeneration);
        }
        if (entry.number() != lastCommitted + 1) {
            throw new AssertionError("entry " + entry.number() + " was committed after " + lastCommitted);
        }
        lastCommitted = entry.number();
        List<CommittedChange> changes = new ArrayList<>();
        for (Effect effect : entry.effects()) {
            EntryKey key = effect.key();
            EntryChange change = change(entry, effect);
            if (change != null && isHeard.test(key.cache())) {
                changes.add(new CommittedChange(key.cache(), change));
            }
            EntryChange.Kind noted = effect.notice().heard();
            if (noted != (change == null || !isHeard.test(key.cache()) ? null : change.kind())) {
                throw new AssertionError("V1: the log says " + noted + " of " + change + " in " + entry);
            }
        }
        if (!changes.isEmpty()) {
            untold.put(entry.number(), changes);
        }
    }

    private void begin(long next) {
        generation = next;
        values.clear();
        untold.clear();
        lastCommitted = 0;
        lastTold = 0;
        givenUp = 0;
    }

    private @Nullable EntryChange change(LogEntry entry, Effect effect) {
        EntryKey key = effect.key();
        if (effect instanceof Effect.Store store) {
            EncodedValue before = values.put(key, store.value());
            return new EntryChange(
                    before == null ? EntryChange.Kind.CREATED : EntryChange.Kind.UPDATED,
                    key.key(),
                    store.value(),
                    before);
        } else if (effect instanceof Effect.ExpireAtOnce expired) {
            return new EntryChange(EntryChange.Kind.EXPIRED, key.key(), expired.value(), expired.value());
        } else if (effect instanceof Effect.Remove remove) {
            EncodedValue before = values.remove(key);
            if (before == null) {
                throw new AssertionError("nothing was there to go by " + entry);
            }
            if (remove.notice() == Notice.EVICTED) {
                evicted++;
                return null;
            }
            boolean timeIsOver = entry.origin() == null;
            if (timeIsOver && !isHeard.test(key.cache()) && remove.notice() != Notice.EXPIRED_UNHEARD) {
                throw new AssertionError("nobody counts what expires by " + entry);
            }
            return new EntryChange(
                    timeIsOver ? EntryChange.Kind.EXPIRED : EntryChange.Kind.REMOVED, key.key(), before, before);
        }
        return null;
    }

    // ---- what is told

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
