package io.fyercache.management.metrics;

import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.node.ClusterStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The meters of what the member of this process has served of each cache of its cluster, be it used here or not. Whoever scrapes all members has the sums.
 * They begin anew when the member joins again. Used by who asks, one at a time.
 */
final class ServedMeters {
    /** How the names of all of them begin. */
    static final String PREFIX = "fyercache.served.";

    private final ClusterStatus cluster;
    private final MeterRegistry registry;

    /** By the caches' numbers. */
    private final Map<Integer, List<Meter>> bound = new HashMap<>();

    private SortedMap<Integer, CacheCounts> latest = Collections.emptySortedMap();

    ServedMeters(ClusterStatus cluster, MeterRegistry registry) {
        this.cluster = cluster;
        this.registry = registry;
    }

    /** Reads what was counted until now, and sees to it that there are meters of the caches that there are now. */
    void follow() {
        latest = cluster.servedHere();
        Map<Integer, String> present = new HashMap<>();
        for (NumberedCache cache : cluster.picture().caches()) {
            present.put(cache.number(), cache.definition().name());
        }
        bound.entrySet().removeIf(each -> {
            boolean gone = !present.containsKey(each.getKey());
            if (gone) {
                each.getValue().forEach(registry::remove);
            }
            return gone;
        });
        present.forEach((number, name) -> bound.computeIfAbsent(number, added -> bind(added, name)));
    }

    private List<Meter> bind(int number, String name) {
        Tags tags = Tags.of("cache", name);
        List<Meter> meters = new ArrayList<>();
        meters.add(counter("gets", "Gets that were answered", number, tags.and("result", "hit"), CacheCount.HITS));
        meters.add(counter("gets", "Gets that were answered", number, tags.and("result", "miss"), CacheCount.MISSES));
        meters.add(counter("puts", "Values put", number, tags, CacheCount.PUTS));
        meters.add(counter("removals", "Values removed on purpose", number, tags, CacheCount.REMOVALS));
        meters.add(counter("evictions", "Entries given up to keep within bounds", number, tags, CacheCount.EVICTIONS));
        meters.add(counter("expiries", "Values whose time was over", number, tags, CacheCount.EXPIRIES));
        meters.add(counter("load.keys", "Keys that the loader was asked for", number, tags, CacheCount.LOADS));
        meters.add(counter("load.failures", "Failed calls of the loader", number, tags, CacheCount.LOAD_FAILURES));
        meters.add(counter("write.keys", "Changes that were written behind", number, tags, CacheCount.WRITES));
        meters.add(counter(
                "write.failures", "Batches that could not be written behind", number, tags, CacheCount.WRITE_FAILURES));
        meters.add(counter("write.given.up", "Changes that were given up", number, tags, CacheCount.WRITES_GIVEN_UP));
        return meters;
    }

    private Meter counter(String name, String description, int number, Tags tags, CacheCount count) {
        return FunctionCounter.builder(PREFIX + name, this, meters -> meters.value(number, count))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private long value(int number, CacheCount count) {
        return latest.getOrDefault(number, CacheCounts.NOTHING).get(count);
    }
}
