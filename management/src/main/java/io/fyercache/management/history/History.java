package io.fyercache.management.history;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.Clock;
import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.ClusterReport;
import io.fyercache.management.report.ClusterReports;
import io.fyercache.management.report.Counted;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.management.report.MembersAsked;
import io.fyercache.management.report.MembersAsked.Told;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of a process, for whoever looks when something has happened already: a ring of samples in memory, which ends with the process. For each
 * sample the members of its cluster are asked what they have served. Thread-safe.
 */
public final class History {
    /** Milliseconds between two samples, 10 s: a takeover is seen, and an hour is no more points than a chart has room for. */
    public static final long INTERVAL_MILLIS = 10_000;

    /** Samples that are kept, 360: an hour. */
    public static final int MAX_SAMPLES = 360;

    /** Caches that have a history of their own, 100, the first by name: some 10 MB for an hour. All of them are in the sum. */
    public static final int MAX_CACHES = 100;

    private final ClusterReports cluster;
    private final CacheReports caches;
    private final MembersAsked members;
    private final Clock clock;

    /** The oldest first; guarded by this. */
    private final Deque<Moment> moments = new ArrayDeque<>(MAX_SAMPLES);

    /** What was counted until the last moment, by caches; guarded by this. */
    private SortedMap<String, CacheCounts> last = new TreeMap<>();

    /** Guarded by this. */
    private final ServedSince servedSince = new ServedSince();

    /**
     * How it was at a moment.
     *
     * @param silent those members who have said nothing; null if there is no cluster
     * @param all the sums of all caches
     */
    private record Moment(
            String at,
            Sample.@Nullable Cluster cluster,
            @Nullable List<String> silent,
            Figures all,
            Map<String, Figures> caches) {
        Sample sample(Figures figures) {
            Sample.Served members = silent == null ? null : new Sample.Served(Counted.of(figures.served()), silent);
            return new Sample(at, cluster, Counted.of(figures.counted()), members);
        }
    }

    /**
     * What has come since the moment before.
     *
     * @param counted by the process
     * @param served by the members
     */
    private record Figures(CacheCounts counted, CacheCounts served) {
        static final Figures NOTHING = new Figures(CacheCounts.NOTHING, CacheCounts.NOTHING);

        Figures plus(Figures other) {
            return new Figures(counted.plus(other.counted), served.plus(other.served));
        }
    }

    /** Begins without a sample. */
    public History(ManagedProcess process, Clock clock) {
        this.cluster = new ClusterReports(process);
        this.members = new MembersAsked(process, clock);
        this.caches = new CacheReports(process, members);
        this.clock = clock;
    }

    /** Returns the members that are asked for each sample. */
    public MembersAsked members() {
        return members;
    }

    /** Takes a sample, and gives up the oldest one if there is no room. Waits for members, some seconds at most. */
    public void sample() {
        take(members.ask());
    }

    private synchronized void take(Optional<Told> told) {
        SortedMap<String, CacheCounts> now = counted();
        SortedMap<String, CacheCounts> served = told.map(this::served).orElseGet(TreeMap::new);
        SortedSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(served.keySet());
        Map<String, Figures> own = new HashMap<>();
        Figures all = Figures.NOTHING;
        for (String name : names) {
            Figures each = new Figures(since(name, now), served.getOrDefault(name, CacheCounts.NOTHING));
            all = all.plus(each);
            if (own.size() < MAX_CACHES) {
                own.put(name, each);
            }
        }
        if (moments.size() == MAX_SAMPLES) {
            moments.removeFirst();
        }
        String at = Instant.ofEpochMilli(clock.millis()).toString();
        moments.addLast(new Moment(at, clusterNow(), told.map(Told::silent).orElse(null), all, own));
        last = now;
    }

    private SortedMap<String, CacheCounts> counted() {
        SortedMap<String, CacheCounts> counted = new TreeMap<>();
        caches.counters().forEach((name, counters) -> counted.put(name, CacheCounts.of(counters)));
        return counted;
    }

    private CacheCounts since(String name, SortedMap<String, CacheCounts> now) {
        CacheCounts counted = now.get(name);
        return counted == null || moments.isEmpty()
                ? CacheCounts.NOTHING
                : counted.since(last.getOrDefault(name, CacheCounts.NOTHING));
    }

    /** Returns what was served since the last moment, of each cache of the cluster. */
    private SortedMap<String, CacheCounts> served(Told told) {
        SortedMap<Integer, CacheCounts> since = servedSince.look(told.counts());
        SortedMap<String, CacheCounts> served = new TreeMap<>();
        told.caches().forEach((number, name) -> served.put(name, since.getOrDefault(number, CacheCounts.NOTHING)));
        return served;
    }

    private Sample.@Nullable Cluster clusterNow() {
        ClusterReport report = cluster.cluster();
        return report.part().equals(ClusterReport.LOCAL)
                ? null
                : new Sample.Cluster(report.members(), report.underReplicated(), report.joining());
    }

    /** Returns the samples that are kept, the oldest first. */
    public synchronized List<Sample> samples() {
        return moments.stream().map(moment -> moment.sample(moment.all())).toList();
    }

    /** Returns those of one cache; none of a time when it was not there, or had no history of its own. */
    public synchronized List<Sample> samples(String cache) {
        List<Sample> samples = new ArrayList<>();
        for (Moment moment : moments) {
            Figures figures = moment.caches().get(cache);
            if (figures != null) {
                samples.add(moment.sample(figures));
            }
        }
        return samples;
    }
}
