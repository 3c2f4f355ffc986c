package io.fyercache.management.http;

import io.fyercache.management.history.History;
import io.fyercache.management.history.Sample;
import io.fyercache.management.report.CacheReports;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be seen of the last hour. */
final class HistoryRoutes {
    private static final String CACHE = "cache";

    private final History history;
    private final CacheReports caches;

    /**
     * The last hour.
     *
     * @param cache whose figures these are; null if they are the sums of all
     * @param intervalMillis between two samples
     * @param samples the oldest first
     */
    private record HistoryReport(@Nullable String cache, long intervalMillis, List<Sample> samples) {}

    HistoryRoutes(History history, CacheReports caches) {
        this.history = history;
        this.caches = caches;
    }

    List<Route> all() {
        return List.of(Route.look(
                ApiRoutes.BASE + "/history",
                List.of(CACHE),
                "What this process and the members of its cluster have counted and how it was, over the last hour, the oldest first",
                this::history));
    }

    private Answer history(Exchange exchange) {
        Optional<String> cache = exchange.parameter(CACHE);
        List<Sample> samples = cache.map(caches::cache)
                .map(known -> history.samples(known.name()))
                .orElseGet(history::samples);
        return Answer.json(new HistoryReport(cache.orElse(null), History.INTERVAL_MILLIS, samples));
    }
}
