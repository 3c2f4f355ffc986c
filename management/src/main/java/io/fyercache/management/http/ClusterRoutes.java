package io.fyercache.management.http;

import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.ClusterReports;
import java.util.List;
import java.util.stream.Stream;

/** What can be seen of a cluster and its caches. */
final class ClusterRoutes {
    private static final String AFTER = "after";

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
                        Paging.PARAMETERS,
                        "Who is there, by name",
                        exchange -> Answer.json(cluster.members(Paging.offset(exchange), Paging.limit(exchange)))),
                Route.look(
                        base + "/partitions",
                        Paging.PARAMETERS,
                        "Partitions and their copies, by number",
                        exchange -> Answer.json(cluster.partitions(Paging.offset(exchange), Paging.limit(exchange)))),
                Route.look(
                        base + "/partitions/{partition}",
                        List.of(),
                        "A partition and its copies",
                        exchange -> Answer.json(cluster.partition(
                                (int) Exchange.number("partition", exchange.part("partition"), 0, Integer.MAX_VALUE)))),
                Route.look(
                        base + "/events",
                        with(Paging.PARAMETERS, AFTER),
                        "The latest events, the oldest first",
                        exchange -> Answer.json(cluster.events(
                                exchange.number(AFTER, 0, 0, Long.MAX_VALUE),
                                Paging.offset(exchange),
                                Paging.limit(exchange)))),
                Route.look(
                        base + "/caches",
                        Paging.PARAMETERS,
                        "Caches, with their settings and what this process and the members have counted, by name",
                        exchange -> Answer.json(caches.caches(Paging.offset(exchange), Paging.limit(exchange)))),
                Route.look(
                        base + "/caches/{cache}",
                        List.of(),
                        "A cache, with its settings and what this process and the members have counted",
                        exchange -> Answer.json(caches.cache(exchange.part("cache")))));
    }

    private static List<String> with(List<String> names, String another) {
        return Stream.concat(names.stream(), Stream.of(another)).toList();
    }
}
