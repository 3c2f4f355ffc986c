package io.fyercache.management.http;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.ConfigurationFault;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidConfigurationException;
import io.fyercache.jcache.EngineCacheManager;
import io.fyercache.management.access.Role;
import io.fyercache.management.http.Route.Method;
import io.fyercache.management.json.Json;
import io.fyercache.management.problem.Problem.Fault;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.management.report.CacheReport;
import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Caches as a whole: has them made, changed and destroyed. */
final class CacheRoutes {
    private static final String CACHE = "cache";
    private static final String CONFIRM = "confirm";
    private static final String NAME = "name";
    private static final String SETTINGS = "settings";
    private static final Set<String> BODY = Set.of(NAME, SETTINGS);
    private static final String PATH = ApiRoutes.BASE + "/caches";

    private final EngineCacheManager manager;
    private final CacheReports caches;

    /**
     * What has become of a cache that was asked for.
     *
     * @param created whether there was none of its name, here and in the cluster
     */
    private record CreationReport(boolean created, CacheReport cache) {}

    private record DestructionReport(String destroyed) {}

    CacheRoutes(ManagedProcess process, CacheReports caches) {
        this.manager = process.manager();
        this.caches = caches;
    }

    List<Route> all() {
        return List.of(
                Route.use(
                        Method.POST,
                        PATH,
                        Role.WRITE,
                        List.of(),
                        "Makes a cache, from what the configuration file has for its name and from settings; does nothing if it is there and the"
                                + " same",
                        this::create),
                Route.use(
                        Method.PATCH,
                        PATH + "/{cache}",
                        Role.OPERATE,
                        List.of(),
                        "Changes settings of a cache while it is used, in the whole cluster",
                        this::adjust),
                Route.use(
                        Method.DELETE,
                        PATH + "/{cache}",
                        Role.WRITE,
                        List.of(CONFIRM),
                        "Destroys a cache with its entries, in the whole cluster; the name is to be said once more",
                        this::destroy));
    }

    private Answer create(Exchange exchange) {
        Map<?, ?> body = object(exchange);
        if (!(body.get(NAME) instanceof String name) || name.isEmpty()) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, NAME, String.valueOf(body.get(NAME)), "the name of the cache", null);
        }
        exchange.concerns("cache '" + name + "'");
        boolean known = caches.isKnown(name);
        accepted(name, () -> manager.openCache(name, described(name, body.get(SETTINGS))));
        return Answer.json(known ? Answer.OK : Answer.CREATED, new CreationReport(!known, caches.cache(name)));
    }

    private FyerConfiguration<?, ?> described(String name, @Nullable Object settings) {
        return manager.describe(name, settings == null ? "{}" : text(settings));
    }

    private Answer adjust(Exchange exchange) {
        String name = caches.openCache(exchange.part(CACHE)).getName();
        if (!(exchange.body() instanceof Map<?, ?> settings)) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, "body", null, "settings, such as {\"maximumEntries\": 10000}", null);
        }
        exchange.concerns("cache '" + name + "', " + settings.keySet());
        accepted(name, () -> {
            manager.adjust(name, text(settings));
            return name;
        });
        return Answer.json(caches.cache(name));
    }

    private Answer destroy(Exchange exchange) {
        String name = caches.openCache(exchange.part(CACHE)).getName();
        exchange.concerns("cache '" + name + "'");
        String confirmed = exchange.requiredParameter(CONFIRM);
        if (!confirmed.equals(name)) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST,
                    CONFIRM,
                    confirmed,
                    "the name of the cache, '" + name + "'",
                    "say it once more: all entries go, for every process of the cluster");
        }
        manager.destroyCache(name);
        return Answer.json(new DestructionReport(name));
    }

    // ---- what was sent

    private static Map<?, ?> object(Exchange exchange) {
        if (!(exchange.body() instanceof Map<?, ?> body) || !BODY.containsAll(body.keySet())) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, "body", null, "{\"name\": \"...\", \"settings\": {...}}", null);
        }
        return body;
    }

    /** What was read is written once more: JSON is YAML, so the reader of files reads it, too. */
    private static String text(Object settings) {
        return new String(Json.write(settings), StandardCharsets.UTF_8);
    }

    /** Does what settings may be at odds with, and tells all that is wrong with them. */
    private static <T> T accepted(String name, Supplier<T> action) {
        String subject = "cache '" + name + "'";
        try {
            return action.get();
        } catch (InvalidConfigurationException e) {
            throw new ProblemException(
                    ProblemKind.UNUSABLE,
                    subject,
                    e.faults().stream().map(CacheRoutes::fault).toList());
        } catch (CacheDiffersException e) {
            throw new ProblemException(ProblemKind.CONFLICT, subject, String.valueOf(e.getMessage()));
        } catch (ClusterUnavailableException e) {
            // It says so itself: ZooKeeper may have it by now.
            throw new ProblemException(ProblemKind.OUTCOME_UNKNOWN, subject, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw new ProblemException(ProblemKind.UNUSABLE, subject, String.valueOf(e.getMessage()));
        } catch (CacheException e) {
            if (e.getCause() == null) {
                throw new ProblemException(ProblemKind.UNUSABLE, subject, String.valueOf(e.getMessage()));
            }
            throw e; // What users' code has thrown may have anything in it.
        }
    }

    private static Fault fault(ConfigurationFault fault) {
        return new Fault(fault.setting(), fault.value(), fault.expectation(), fault.remedy());
    }
}
