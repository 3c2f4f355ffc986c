package io.fyercache.management.http;

import io.fyercache.management.drain.Drain;
import io.fyercache.management.health.Health;
import io.fyercache.management.health.HealthReport;
import io.fyercache.management.history.History;
import io.fyercache.management.metrics.Metrics;
import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.ClusterReports;
import io.fyercache.management.report.ManagedProcess;
import java.util.ArrayList;
import java.util.List;

/** All that can be asked for by programs. */
public final class ApiRoutes {
    /** Where the API begins. What is below it stays as it is while the number does. */
    public static final String BASE = "/api/v1";

    private static final String OPENAPI = "openapi.json";

    private ApiRoutes() {}

    /** Returns the routes of a process. */
    public static List<Route> of(ManagedProcess process, Health health, Metrics metrics, History history, Drain drain) {
        CacheReports caches = new CacheReports(process, history.members());
        List<Route> routes = new ArrayList<>(new ClusterRoutes(new ClusterReports(process), caches).all());
        routes.addAll(new CacheRoutes(process, caches).all());
        routes.addAll(new EntryRoutes(caches).all());
        routes.addAll(new DeadLetterRoutes(caches).all());
        routes.addAll(new HistoryRoutes(history, caches).all());
        routes.addAll(new DrainRoutes(drain).all());
        byte[] openApi = Resource.bytes(OPENAPI);
        routes.add(Route.look(
                BASE + "/openapi.json",
                List.of(),
                "What can be asked for, as OpenAPI 3.1 has it",
                exchange -> new Answer(Answer.OK, "application/json", openApi)));
        routes.add(Route.open("/health/live", "Whether the process should go on", exchange -> health(health.live())));
        routes.add(Route.open("/health/ready", "Whether the process is of use", exchange -> health(health.ready())));
        routes.add(Route.look(
                "/metrics",
                List.of(),
                "What the process counts and measures, for Prometheus",
                exchange -> Answer.text(Metrics.CONTENT_TYPE, metrics.scrape())));
        return List.copyOf(routes);
    }

    private static Answer health(HealthReport report) {
        return Answer.json(report.good() ? Answer.OK : Answer.UNAVAILABLE, report);
    }
}
