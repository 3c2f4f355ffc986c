package io.fyercache.management.report;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.jcache.FyerCache;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.node.ClusterStatus;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.cache.Cache;

/** Tells of caches: those that a process uses, and those of its cluster that it does not use. Thread-safe. */
public final class CacheReports {
    private static final double NANOS_PER_MICRO = 1_000;

    private final ManagedProcess process;
    private final MembersAsked members;
    private final UndeclaredCaches undeclared;

    /** Tells of the caches of a process, and of what the members of its cluster have said of them. */
    public CacheReports(ManagedProcess process, MembersAsked members) {
        this.process = process;
        this.members = members;
        this.undeclared = new UndeclaredCaches(process);
    }

    /** Returns a part of the caches, by their names. */
    public Page<CacheReport> caches(int offset, int limit) {
        Present present = present();
        return Page.of(
                List.copyOf(present.names()), name -> report(present, name).orElseGet(() -> gone(name)), offset, limit);
    }

    /** It was there a moment ago. */
    private static CacheReport gone(String name) {
        return new CacheReport(name, false, null, Map.of(), null, null);
    }

    /**
     * Returns a cache.
     *
     * @throws ProblemException if there is none of that name
     */
    public CacheReport cache(String name) {
        Present present = present();
        return report(present, name).orElseThrow(() -> unknown(present, name));
    }

    /** Tells whether there is a cache of that name, here or in the cluster. */
    public boolean isKnown(String name) {
        return present().names().contains(name);
    }

    /** Returns which caches there are, without those that were opened here for who asks, and are none any more. */
    private Present present() {
        Present present = Present.in(process);
        return undeclared.settle(present.defined()) ? Present.in(process) : present;
    }

    /**
     * Returns a cache that this process uses, or may use: then it is opened now, as it is defined.
     *
     * @throws ProblemException if there is none of that name, or the process does not use it and is that of an application
     */
    @SuppressWarnings("unchecked") // The types of a cache's keys and values are checked by it.
    public FyerCache<Object, Object> openCache(String name) {
        Present present = present();
        Cache<?, ?> cache = process.manager().openedCache(name);
        if (cache == null) {
            cache = openUndeclared(present, name);
        }
        return cache.unwrap(FyerCache.class);
    }

    private Cache<?, ?> openUndeclared(Present present, String name) {
        NumberedCache defined = present.defined().get(name);
        if (defined == null) {
            throw unknown(present, name);
        }
        try {
            return undeclared.open(defined);
        } catch (CacheNotDefinedException e) {
            throw unknown(present(), name); // It was destroyed between the look and the opening.
        }
    }

    private static ProblemException unknown(Present present, String name) {
        return new ProblemException(
                ProblemKind.NOT_FOUND, "cache", name, "one of " + String.join(", ", present.names()), null);
    }

    /**
     * Which caches there are at a moment.
     *
     * @param used those that the process uses
     * @param defined those of its cluster, by their names
     */
    private record Present(Set<String> used, Map<String, NumberedCache> defined) {
        static Present in(ManagedProcess process) {
            Set<String> used = new TreeSet<>();
            process.manager().getCacheNames().forEach(used::add);
            Map<String, NumberedCache> defined = new TreeMap<>();
            process.cluster()
                    .map(ClusterStatus::picture)
                    .ifPresent(picture -> picture.caches()
                            .forEach(cache -> defined.put(cache.definition().name(), cache)));
            return new Present(used, defined);
        }

        /** Returns the names of all of them. */
        NavigableSet<String> names() {
            NavigableSet<String> names = new TreeSet<>(used);
            names.addAll(defined.keySet());
            return names;
        }
    }

    /** Returns what the process counts of the caches that it uses, by their names. */
    public SortedMap<String, CacheCounters> counters() {
        Present present = Present.in(process);
        SortedMap<String, CacheCounters> counters = new TreeMap<>();
        for (String name : present.used()) {
            Cache<?, ?> cache = process.manager().openedCache(name);
            if (cache != null) {
                counters.put(name, counters(cache));
            }
        }
        return counters;
    }

    private static CacheCounters counters(Cache<?, ?> cache) {
        return cache.unwrap(CacheEngine.class).counters();
    }

    /** Returns how many caches there are. */
    static int count(ManagedProcess process) {
        return Present.in(process).names().size();
    }

    private Optional<CacheReport> report(Present present, String name) {
        NumberedCache defined = present.defined().get(name);
        Integer number = defined == null ? null : defined.number();
        ServedReport served = number == null ? null : members.said(number).orElse(null);
        Cache<?, ?> cache = process.manager().openedCache(name);
        if (cache != null) {
            return Optional.of(new CacheReport(name, true, number, settings(cache), statistics(cache), served));
        }
        return Optional.ofNullable(defined)
                .map(found -> new CacheReport(name, false, number, settings(found), null, served));
    }

    private static Map<String, String> settings(Cache<?, ?> cache) {
        @SuppressWarnings("unchecked") // a class literal has no type arguments
        FyerConfiguration<?, ?> configuration = cache.getConfiguration(FyerConfiguration.class);
        return configuration.texts();
    }

    private static Map<String, String> settings(NumberedCache defined) {
        return defined.present().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().text(), (one, other) -> one, TreeMap::new));
    }

    private static CacheReport.Statistics statistics(Cache<?, ?> cache) {
        CacheCounters counters = counters(cache);
        return new CacheReport.Statistics(
                counters.isEnabled(),
                Counted.of(CacheCounts.of(counters)),
                counters.averageGetNanos() / NANOS_PER_MICRO,
                counters.averagePutNanos() / NANOS_PER_MICRO,
                counters.averageRemoveNanos() / NANOS_PER_MICRO);
    }
}
