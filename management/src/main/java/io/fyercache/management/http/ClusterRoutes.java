package io.fyercache.management.http;

import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.ClusterReports;
import io.fyercache.management.report.Page;
import java.util.List;
import java.util.stream.Stream;

/** What can be seen of a cluster and its caches. */
final class ClusterRoutes {
    private static final String OFFSET = "offset";
    private static final String LIMIT = "limit";
    private static final String AFTER = "after";
    private static final List<String> PAGED = List.of(OFFSET, LIMIT);

    private final ClusterReports cluster;
    private final CacheReports caches;

    ClusterRoutes(ClusterReports cluster, CacheReports caches) {
        this.cluster = cluster;
        this.caches = caches;
    }

    List<Route> all() {
        String base = ApiRoutes.BASE;
        return List.of(
                Route.look(
                        base + "/cluster", List.of(), "How the cluster is", exchange -> Answer.json(cluster.cluster())),
                Route.look(
                        base + "/members",
                        PAGED,
                        "Who is there, by name",
                        exchange -> Answer.json(cluster.members(offset(exchange), limit(exchange)))),
                Route.look(
                        base + "/partitions",
                        PAGED,
                        "Partitions and their copies, by number",
                        exchange -> Answer.json(cluster.partitions(offset(exchange), limit(exchange)))),
                Route.look(
                        base + "/partitions/{partition}",
                        List.of(),
                        "A partition and its copies",
                        exchange -> Answer.json(cluster.partition(
                                (int) Exchange.number("partition", exchange.part("partition"), 0, Integer.MAX_VALUE)))),
                Route.look(
                        base + "/events",
                        with(PAGED, AFTER),
                        "The latest events, the oldest first",
                        exchange -> Answer.json(cluster.events(
                                exchange.number(AFTER, 0, 0, Long.MAX_VALUE), offset(exchange), limit(exchange)))),
                Route.look(
                        base + "/caches",
                        PAGED,
                        "Caches, with their settings and what this process has counted, by name",
                        exchange -> Answer.json(caches.caches(offset(exchange), limit(exchange)))),
                Route.look(
                        base + "/caches/{cache}",
                        List.of(),
                        "A cache, with its settings and what this process has counted",
                        exchange -> Answer.json(caches.cache(exchange.part("cache")))));
    }

    private static List<String> with(List<String> names, String another) {
        return Stream.concat(names.stream(), Stream.of(another)).toList();
    }

    private static int offset(Exchange exchange) {
        return (int) exchange.number(OFFSET, 0, 0, Integer.MAX_VALUE);
    }

    private static int limit(Exchange exchange) {
        return (int) exchange.number(LIMIT, Page.DEFAULT_LIMIT, 1, Page.MAX_LIMIT);
    }
}
