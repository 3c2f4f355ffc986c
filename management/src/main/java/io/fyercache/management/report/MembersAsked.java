package io.fyercache.management.report;

import io.fyercache.configuration.PortableSettings;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterStatus;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of a process's cluster, asked what they have served. Somebody asks regularly; whoever reports goes by what was said last, so that nobody waits
 * for a member and members are not asked more often because many look. Thread-safe.
 */
public final class MembersAsked {
    private final ManagedProcess process;
    private final Clock clock;
    private volatile @Nullable Told latest;

    /**
     * What they said.
     *
     * @param at when they were asked, in ISO form
     * @param caches the names of the caches that they were asked for, by number
     * @param silent the names of those who did not answer
     */
    public record Told(String at, SortedMap<Integer, String> caches, ServedCounts counts, List<String> silent) {
        /** Keeps unmodifiable copies. */
        public Told {
            caches = Collections.unmodifiableSortedMap(new TreeMap<>(caches));
            silent = List.copyOf(silent);
        }

        private CacheCounts sum(int cache) {
            return counts.told().values().stream()
                    .map(member -> member.getOrDefault(cache, CacheCounts.NOTHING))
                    .reduce(CacheCounts.NOTHING, CacheCounts::plus);
        }
    }

    /** Has asked nobody yet. */
    public MembersAsked(ManagedProcess process, Clock clock) {
        this.process = process;
        this.clock = clock;
    }

    /** Asks all of them about all caches that have entries on members, and waits some seconds at most; returns nothing if the process belongs to no cluster. */
    public Optional<Told> ask() {
        Optional<Told> told = process.cluster().map(this::ask);
        told.ifPresent(known -> latest = known);
        return told;
    }

    private Told ask(ClusterStatus cluster) {
        ClusterPicture picture = cluster.picture();
        SortedMap<Integer, String> caches = new TreeMap<>();
        for (NumberedCache cache : picture.caches()) {
            // Of an invalidated cache members serve nothing: each process that uses it has entries of its own.
            if (!PortableSettings.isInvalidated(cache.definition())) {
                caches.put(cache.number(), cache.definition().name());
            }
        }
        String at = Instant.ofEpochMilli(clock.millis()).toString();
        ServedCounts counts = cluster.served(List.copyOf(caches.keySet()));
        // Of a later moment: who has come meanwhile may be silent, too.
        Map<Incarnation, String> names = names(cluster.picture().members());
        List<String> silent = counts.silent().stream()
                .map(member -> names.getOrDefault(member, member.toString()))
                .sorted()
                .toList();
        return new Told(at, caches, counts, silent);
    }

    private static Map<Incarnation, String> names(List<Member> members) {
        Map<Incarnation, String> names = new TreeMap<>();
        members.forEach(
                member -> names.put(member.incarnation(), member.description().nodeName()));
        return names;
    }

    /** Returns what they said last of a cache; nothing if nobody has asked them since the cache was defined, or they have no entries of it. */
    Optional<ServedReport> said(int cache) {
        Told known = latest;
        return known == null || !known.caches().containsKey(cache)
                ? Optional.empty()
                : Optional.of(new ServedReport(known.at(), Counted.of(known.sum(cache)), known.silent()));
    }
}
