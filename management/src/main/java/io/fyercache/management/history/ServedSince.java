package io.fyercache.management.history;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.topology.Incarnation;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What members have served from one look to the next, by caches. What a member that was silent has served counts when it answers again. Of a member that is
 * heard of for the first time only what it serves from then on counts, unless it has come since the last look. Used by one thread at a time.
 */
final class ServedSince {
    /** What each has said last, as long as it is there. */
    private final Map<Incarnation, SortedMap<Integer, CacheCounts>> last = new TreeMap<>();

    /** Those who were there, and have never said anything. */
    private final NavigableSet<Incarnation> unheard = new TreeSet<>();

    private boolean begun;

    /** Returns what was served since the look before, of each cache by its number; nothing at the first. */
    SortedMap<Integer, CacheCounts> look(ServedCounts now) {
        SortedMap<Integer, CacheCounts> since = new TreeMap<>();
        now.told().forEach((member, caches) -> {
            SortedMap<Integer, CacheCounts> base = base(member);
            if (base != null) {
                caches.forEach((cache, counts) -> since.merge(
                        cache, counts.since(base.getOrDefault(cache, CacheCounts.NOTHING)), CacheCounts::plus));
            }
        });
        keep(now);
        return since;
    }

    private @Nullable SortedMap<Integer, CacheCounts> base(Incarnation member) {
        SortedMap<Integer, CacheCounts> said = last.get(member);
        if (said != null) {
            return said;
        }
        return begun && !unheard.contains(member) ? Collections.emptySortedMap() : null;
    }

    private void keep(ServedCounts now) {
        begun = true;
        last.keySet().removeIf(member -> !now.silent().contains(member));
        last.putAll(now.told());
        unheard.clear();
        now.silent().stream().filter(member -> !last.containsKey(member)).forEach(unheard::add);
    }
}
