package io.fyercache.management.http;

import io.fyercache.configuration.DurationText;
import io.fyercache.configuration.NearestName;
import io.fyercache.jcache.FyerCache;
import io.fyercache.management.access.Role;
import io.fyercache.management.entry.KeyText;
import io.fyercache.management.entry.ValueJson;
import io.fyercache.management.http.Route.Method;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.management.report.CacheReports;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import org.jspecify.annotations.Nullable;

/** Entries of caches: by their keys, and by many. */
final class EntryRoutes {
    private static final String KEY = "key";
    private static final String TIME_TO_LIVE = "ttl";
    private static final String CACHE = "cache";
    private static final String ENTRY = ApiRoutes.BASE + "/caches/{cache}/entry";

    /** What can be invalidated, one of these in a request. */
    private static final List<String> WAYS = List.of("key", "prefix", "all");

    private final CacheReports caches;

    /**
     * An entry.
     *
     * @param type the class of the value
     * @param value null if it is not shown
     * @param notShown why not; null if it is
     */
    private record EntryReport(
            String key,
            String type,
            @Nullable Object value,
            @Nullable String notShown) {}

    private record SizeReport(String cache, long entries) {}

    private record RemovalReport(boolean removed) {}

    /**
     * What was invalidated.
     *
     * @param invalidated entries; null if they were not counted
     * @param complete whether all entries were looked at
     */
    private record InvalidationReport(@Nullable Integer invalidated, int lookedAt, boolean complete) {}

    EntryRoutes(CacheReports caches) {
        this.caches = caches;
    }

    List<Route> all() {
        return List.of(
                Route.use(
                        Method.GET,
                        ApiRoutes.BASE + "/caches/{cache}/size",
                        Role.READ,
                        List.of(),
                        "How many entries a cache has; in a cluster this asks every partition",
                        this::size),
                Route.use(
                        Method.GET,
                        ENTRY,
                        Role.READ,
                        List.of(KEY),
                        "An entry; counts as a use of it, and may load it",
                        this::get),
                Route.use(Method.PUT, ENTRY, Role.WRITE, List.of(KEY, TIME_TO_LIVE), "Puts an entry", this::put),
                Route.use(Method.DELETE, ENTRY, Role.WRITE, List.of(KEY), "Removes an entry", this::remove),
                Route.use(
                        Method.POST,
                        ApiRoutes.BASE + "/caches/{cache}/invalidations",
                        Role.OPERATE,
                        List.of(),
                        "Drops entries without telling the writer: one, those whose keys begin with a text, or all",
                        this::invalidate));
    }

    private Answer size(Exchange exchange) {
        FyerCache<Object, Object> cache = cache(exchange);
        return Answer.json(new SizeReport(cache.getName(), cache.size()));
    }

    private Answer get(Exchange exchange) {
        FyerCache<Object, Object> cache = cache(exchange);
        String text = exchange.requiredParameter(KEY);
        Object value = cache.get(KeyText.read(keyType(cache), text));
        if (value == null) {
            throw new ProblemException(
                    ProblemKind.NOT_FOUND,
                    "entry of cache '" + cache.getName() + "'",
                    text,
                    "a key that has a value",
                    null);
        }
        String type = value.getClass().getName();
        try {
            return Answer.json(new EntryReport(text, type, ValueJson.write(value), null));
        } catch (ValueJson.NotShownException e) {
            return Answer.json(new EntryReport(text, type, null, e.why()));
        }
    }

    private Answer put(Exchange exchange) {
        FyerCache<Object, Object> cache = cache(exchange);
        String text = exchange.requiredParameter(KEY);
        exchange.concerns("cache '" + cache.getName() + "', key '" + text + "'");
        Object key = KeyText.read(keyType(cache), text);
        Optional<Duration> timeToLive = exchange.parameter(TIME_TO_LIVE).map(EntryRoutes::timeToLive);
        Object value = ValueJson.read(configuration(cache).getValueType(), exchange.body());
        if (timeToLive.isPresent()) {
            cache.put(key, value, timeToLive.get());
        } else {
            cache.put(key, value);
        }
        return Answer.json(Map.of(KEY, text));
    }

    private static Duration timeToLive(String text) {
        Duration duration = DurationText.parse(text);
        if (duration == null || duration.toMillis() < 1) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST,
                    TIME_TO_LIVE,
                    text,
                    "a duration of 1ms or more, such as 500ms, 10s or 5m",
                    null);
        }
        return duration;
    }

    private Answer remove(Exchange exchange) {
        FyerCache<Object, Object> cache = cache(exchange);
        String text = exchange.requiredParameter(KEY);
        exchange.concerns("cache '" + cache.getName() + "', key '" + text + "'");
        return Answer.json(new RemovalReport(cache.remove(KeyText.read(keyType(cache), text))));
    }

    // ---- many

    private Answer invalidate(Exchange exchange) {
        FyerCache<Object, Object> cache = cache(exchange);
        if (!(exchange.body() instanceof Map<?, ?> wish) || wish.size() != 1) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST,
                    "body",
                    null,
                    "{\"key\": \"...\"}, {\"prefix\": \"...\"} or {\"all\": true}",
                    null);
        }
        Map.Entry<?, ?> way = wish.entrySet().iterator().next();
        String name = String.valueOf(way.getKey());
        exchange.concerns("cache '" + cache.getName() + "', " + name + " '" + way.getValue() + "'");
        if (name.equals("all") && Boolean.TRUE.equals(way.getValue())) {
            cache.clear();
            return Answer.json(new InvalidationReport(null, 0, true));
        } else if (name.equals("key") && way.getValue() instanceof String text) {
            int gone = cache.invalidate(Set.of(KeyText.read(keyType(cache), text)));
            return Answer.json(new InvalidationReport(gone, 1, true));
        } else if (name.equals("prefix") && way.getValue() instanceof String text && !text.isEmpty()) {
            return Answer.json(invalidate(cache, text));
        }
        throw new ProblemException(
                ProblemKind.BAD_REQUEST,
                name,
                String.valueOf(way.getValue()),
                WAYS.contains(name)
                        ? "a text for key and prefix, one at least of prefix; true for all"
                        : NearestName.of(name, WAYS)
                                        .map(nearest -> "perhaps " + nearest + ", or ")
                                        .orElse("") + "one of " + String.join(", ", WAYS),
                null);
    }

    /** Looks at one entry after the other, which counts as a use of each; whoever has very many caches them under keys that need no looking. */
    private static InvalidationReport invalidate(FyerCache<Object, Object> cache, String prefix) {
        int looked = 0;
        int gone = 0;
        boolean complete = true;
        Set<Object> keys = new HashSet<>();
        for (Cache.Entry<Object, Object> entry : cache) {
            if (looked == ServerLimits.MAX_LOOKED_AT) {
                complete = false;
                break;
            }
            looked++;
            if (KeyText.write(entry.getKey())
                    .filter(text -> text.startsWith(prefix))
                    .isPresent()) {
                keys.add(entry.getKey());
            }
            if (keys.size() == ServerLimits.KEYS_AT_A_TIME) {
                gone += cache.invalidate(keys);
                keys.clear();
            }
        }
        gone += keys.isEmpty() ? 0 : cache.invalidate(keys);
        return new InvalidationReport(gone, looked, complete);
    }

    // ---- caches

    private FyerCache<Object, Object> cache(Exchange exchange) {
        return caches.openCache(exchange.part(CACHE));
    }

    @SuppressWarnings("unchecked") // It is what getConfiguration gives for that class.
    private static CompleteConfiguration<Object, Object> configuration(Cache<Object, Object> cache) {
        return cache.getConfiguration(CompleteConfiguration.class);
    }

    private static Class<?> keyType(Cache<Object, Object> cache) {
        return configuration(cache).getKeyType();
    }
}
