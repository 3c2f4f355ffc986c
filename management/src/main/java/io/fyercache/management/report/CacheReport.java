package io.fyercache.management.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache.
 *
 * @param name its name
 * @param open whether this process uses it, so that its entries can be asked for here
 * @param number the cluster's; null if it is not kept in one
 * @param settings those that are stated, as text
 * @param statistics what this process has counted; null if it does not use it
 * @param served what the members of the cluster have counted, when they were asked last; null if they were not, there is none, or the
 *     cache is invalidated and they have no entries of it
 */
public record CacheReport(
        String name,
        boolean open,
        @Nullable Integer number,
        Map<String, String> settings,
        @Nullable Statistics statistics,
        @Nullable ServedReport served) {

    /**
     * What a process has counted of a cache, and how long its operations took.
     *
     * @param enabled whether hits, misses, puts and removals are counted, and times
     * @param counted since the process has opened the cache
     */
    public record Statistics(
            boolean enabled,
            Counted counted,
            double averageGetMicros,
            double averagePutMicros,
            double averageRemoveMicros) {}
}
