package io.fyercache.sharded.replication;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Listening;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which processes listen to the caches of a partition, by the entries of the log that have been carried out (V3): so all copies say the same of
 * each entry, and whoever leads the partition next knows it. Used by one thread.
 */
final class ListenerRegister {
    private final TreeMap<Integer, TreeMap<Long, Listening>> byCache = new TreeMap<>();
    private int count;

    /** Tells whether it has as many as it may. */
    boolean isFull() {
        return count >= Listening.MAX_LISTENING;
    }

    /** Returns what a process wants to hear of a cache; null for nothing. */
    @Nullable
    Listening find(int cache, long client) {
        TreeMap<Long, Listening> ofCache = byCache.get(cache);
        return ofCache == null ? null : ofCache.get(client);
    }

    /** Takes in what a process wants, unless a later wish of it is here. */
    void takeIn(Listening wish) {
        Listening known = find(wish.cache(), wish.client());
        if (known != null && known.version() > wish.version()) {
            return;
        }
        TreeMap<Long, Listening> ofCache = byCache.computeIfAbsent(wish.cache(), first -> new TreeMap<>());
        if (wish.interest().isNone()) {
            ofCache.remove(wish.client());
        } else {
            ofCache.put(wish.client(), wish);
        }
        if (ofCache.isEmpty()) {
            byCache.remove(wish.cache());
        }
        count += (wish.interest().isNone() ? 0 : 1) - (known == null ? 0 : 1);
    }

    /** Returns who listens to changes of a kind, by process. */
    List<Listening> of(int cache, EntryChange.Kind kind) {
        TreeMap<Long, Listening> ofCache = byCache.get(cache);
        if (ofCache == null) {
            return List.of();
        }
        List<Listening> found = new ArrayList<>(ofCache.size());
        for (Listening each : ofCache.values()) {
            if (each.interest().hears(kind)) {
                found.add(each);
            }
        }
        return found;
    }

    /** Tells whether operations wait for somebody who listens to changes of a kind. */
    boolean awaits(int cache, EntryChange.Kind kind) {
        TreeMap<Long, Listening> ofCache = byCache.get(cache);
        return ofCache != null
                && ofCache.values().stream().anyMatch(each -> each.interest().awaits(kind));
    }

    /** Returns everything, by cache and process. */
    List<Listening> all() {
        List<Listening> all = new ArrayList<>(count);
        byCache.values().forEach(ofCache -> all.addAll(ofCache.values()));
        return all;
    }

    /** Returns who listens to anything. */
    Collection<Long> clients() {
        TreeSet<Long> clients = new TreeSet<>();
        byCache.values().forEach(ofCache -> clients.addAll(ofCache.keySet()));
        return clients;
    }
}
