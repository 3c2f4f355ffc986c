package io.fyercache.sharded.client;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.topology.Incarnation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the members of a cluster have said to have served (S2). What a member has counted it counts since its life began. Immutable.
 *
 * @param told by those who have answered, of each cache that they have, by its number
 * @param silent those who have not; nothing is known of what they have served
 */
public record ServedCounts(
        SortedMap<Incarnation, SortedMap<Integer, CacheCounts>> told, SortedSet<Incarnation> silent) {
    /** Of nobody. */
    public static final ServedCounts NONE = new ServedCounts(Collections.emptySortedMap(), List.of());

    /** Keeps unmodifiable copies. */
    public ServedCounts {
        SortedMap<Incarnation, SortedMap<Integer, CacheCounts>> copy = new TreeMap<>();
        told.forEach((member, caches) -> copy.put(member, Collections.unmodifiableSortedMap(new TreeMap<>(caches))));
        told = Collections.unmodifiableSortedMap(copy);
        silent = Collections.unmodifiableSortedSet(new TreeSet<>(silent));
    }

    /** Makes them of what was told, and of members who were silent. */
    ServedCounts(Map<Incarnation, SortedMap<Integer, CacheCounts>> told, List<Incarnation> silent) {
        this(new TreeMap<>(told), new TreeSet<>(silent));
    }

    /** Returns these with what was told of other caches. Whoever was silent about some counts as silent about all. */
    public ServedCounts and(ServedCounts others) {
        SortedSet<Incarnation> allSilent = new TreeSet<>(silent);
        allSilent.addAll(others.silent);
        SortedMap<Incarnation, SortedMap<Integer, CacheCounts>> all = new TreeMap<>();
        add(this, all);
        add(others, all);
        all.keySet().removeAll(allSilent);
        return new ServedCounts(all, allSilent);
    }

    private static void add(ServedCounts some, Map<Incarnation, SortedMap<Integer, CacheCounts>> all) {
        some.told.forEach((member, caches) ->
                all.computeIfAbsent(member, first -> new TreeMap<>()).putAll(caches));
    }
}
