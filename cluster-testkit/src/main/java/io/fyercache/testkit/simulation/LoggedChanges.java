package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.replication.CommittedChange;
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
 * What the changes of a partition must be, and who is to hear of them, by what is committed (V1, V3): worked out anew, from the log alone. A loss
 * of all copies ends a generation, and what was known in it.
 */
final class LoggedChanges {
    private final Map<EntryKey, EncodedValue> values = new HashMap<>();
    private final TreeMap<Integer, TreeMap<Long, Listening>> listening = new TreeMap<>();
    private long generation;
    private long lastCommitted;
    private int evicted;

    /** Returns how many entries were evicted. */
    int evicted() {
        return evicted;
    }

    /** Returns the generation of the last entry. */
    long generation() {
        return generation;
    }

    /** Returns the keys that have values by now, of those caches. What was lost with an earlier generation has none. */
    Set<EntryKey> keysOf(long presentGeneration, IntPredicate caches) {
        return generation < presentGeneration
                ? Set.of()
                : values.keySet().stream()
                        .filter(key -> caches.test(key.cache()))
                        .collect(Collectors.toSet());
    }

    /** Takes in a committed entry, once, and returns what somebody is to hear of it. None of an earlier generation is. */
    List<CommittedChange> committed(long inGeneration, LogEntry entry) {
        if (inGeneration < generation) {
            return List.of();
        }
        if (inGeneration > generation) {
            generation = inGeneration;
            values.clear();
            listening.clear();
            lastCommitted = 0;
        }
        if (entry.number() != lastCommitted + 1) {
            throw new AssertionError("entry " + entry.number() + " was committed after " + lastCommitted);
        }
        lastCommitted = entry.number();
        List<CommittedChange> changes = new ArrayList<>();
        int place = 0;
        for (Effect effect : entry.effects()) {
            EntryChange change = change(entry, effect);
            if (effect.notice().heard() != (change == null ? null : change.kind())) {
                throw new AssertionError("V1: the log says " + effect.notice() + " of " + change + " in " + entry);
            }
            if (effect instanceof Effect.Listen wish) {
                listen(wish.listening());
            } else if (!(effect instanceof Effect.AcknowledgeLoss)) {
                int cache = effect.key().cache();
                List<Listening> listeners = change == null
                        ? List.of()
                        : listening.getOrDefault(cache, new TreeMap<>()).values().stream()
                                .filter(each -> each.interest().hears(change.kind()))
                                .toList();
                if (change != null && !listeners.isEmpty()) {
                    changes.add(new CommittedChange(
                            new PlacedChange(PlacedChange.place(entry.number(), place), cache, change), listeners));
                }
                place++;
            }
        }
        return changes;
    }

    private void listen(Listening wish) {
        TreeMap<Long, Listening> ofCache = listening.computeIfAbsent(wish.cache(), first -> new TreeMap<>());
        Listening known = ofCache.get(wish.client());
        if (known == null || known.version() <= wish.version()) {
            ofCache.put(wish.client(), wish);
            ofCache.values().removeIf(each -> each.interest().isNone());
        }
    }

    private @Nullable EntryChange change(LogEntry entry, Effect effect) {
        EntryKey key = effect.key();
        if (key.isUnwritten()) {
            return null; // Nobody hears of what the database is told, or was.
        }
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
            } else if (remove.notice() == Notice.NONE) {
                return null; // It was invalidated.
            }
            return new EntryChange(
                    entry.origin() == null ? EntryChange.Kind.EXPIRED : EntryChange.Kind.REMOVED,
                    key.key(),
                    before,
                    before);
        }
        return null;
    }
}
