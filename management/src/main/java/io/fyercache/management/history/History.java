package io.fyercache.management.history;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.time.Clock;
import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.ClusterReport;
import io.fyercache.management.report.ClusterReports;
import io.fyercache.management.report.ManagedProcess;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of a process, for whoever looks when something has happened already: a ring of samples in memory, which ends with the process. It is
 * of what the process knows anyway, and asks nobody. Thread-safe.
 */
public final class History {
    /** Milliseconds between two samples, 10 s: a takeover is seen, and an hour is no more points than a chart has room for. */
    public static final long INTERVAL_MILLIS = 10_000;

    /** Samples that are kept, 360: an hour. */
    public static final int MAX_SAMPLES = 360;

    /** Caches that have a history of their own, 100, the first by name: some 5 MB for an hour. All of them are in the sum. */
    public static final int MAX_CACHES = 100;

    private final ClusterReports cluster;
    private final CacheReports caches;
    private final Clock clock;

    /** The oldest first; guarded by this. */
    private final Deque<Moment> moments = new ArrayDeque<>(MAX_SAMPLES);

    /** What was counted until the last moment, by caches; guarded by this. */
    private Map<String, Counted> last = Map.of();

    /** A sample of all caches, and of each. */
    private record Moment(Sample all, Map<String, Counted> caches) {}

    /** Begins without a sample. */
    public History(ManagedProcess process, Clock clock) {
        this.cluster = new ClusterReports(process);
        this.caches = new CacheReports(process);
        this.clock = clock;
    }

    /** Takes a sample, and gives up the oldest one if there is no room. Waits for nothing. */
    public synchronized void sample() {
        Map<String, Counted> now = new HashMap<>();
        Map<String, Counted> own = new HashMap<>();
        Counted all = Counted.NOTHING;
        for (Map.Entry<String, CacheCounters> each : caches.counters().entrySet()) {
            Counted counted = Counted.by(each.getValue());
            now.put(each.getKey(), counted);
            Counted since = moments.isEmpty()
                    ? Counted.NOTHING
                    : counted.since(last.getOrDefault(each.getKey(), Counted.NOTHING));
            all = all.plus(since);
            if (own.size() < MAX_CACHES) {
                own.put(each.getKey(), since);
            }
        }
        if (moments.size() == MAX_SAMPLES) {
            moments.removeFirst();
        }
        String at = Instant.ofEpochMilli(clock.millis()).toString();
        moments.addLast(new Moment(new Sample(at, clusterNow(), all), own));
        last = now;
    }

    private Sample.@Nullable Cluster clusterNow() {
        ClusterReport report = cluster.cluster();
        return report.part().equals(ClusterReport.LOCAL)
                ? null
                : new Sample.Cluster(report.members(), report.underReplicated(), report.joining());
    }

    /** Returns the samples that are kept, the oldest first. */
    public synchronized List<Sample> samples() {
        return moments.stream().map(Moment::all).toList();
    }

    /** Returns those of one cache; none of a time when it was not there, or had no history of its own. */
    public synchronized List<Sample> samples(String cache) {
        List<Sample> samples = new ArrayList<>();
        for (Moment moment : moments) {
            Counted counted = moment.caches().get(cache);
            if (counted != null) {
                samples.add(new Sample(moment.all().at(), moment.all().cluster(), counted));
            }
        }
        return samples;
    }
}
