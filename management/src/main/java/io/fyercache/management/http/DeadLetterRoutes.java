package io.fyercache.management.http;

import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.WriteBehind;
import io.fyercache.jcache.WriteBehind.DeadLetter;
import io.fyercache.management.access.Role;
import io.fyercache.management.entry.KeyText;
import io.fyercache.management.entry.ValueJson;
import io.fyercache.management.http.Route.Method;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.management.report.CacheReports;
import io.fyercache.management.report.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.cache.configuration.CompleteConfiguration;
import org.jspecify.annotations.Nullable;

/** Changes of caches that write behind which were given up: shows them, and has them written once more, or dropped. */
final class DeadLetterRoutes {
    private static final String CACHE = "cache";
    private static final String VALUES = "values";
    private static final String PATH = ApiRoutes.BASE + "/caches/{cache}/dead-letters";

    /** How the text of an exception begins: with its class. */
    private static final Pattern CLASS = Pattern.compile("[\\w.$]+(?=:|$)");

    private final CacheReports caches;

    /**
     * A change that was given up.
     *
     * @param key null if it has no text, or the caller's role does not cover it
     * @param change {@code write} or {@code delete}
     * @param failure what the writer threw at last: the class of it, or all of it if that is asked for
     * @param value null if it is not shown, or nothing was to be written
     * @param notShown why the value is not; null if nobody has asked for it
     */
    private record DeadLetterReport(
            @Nullable String key,
            String change,
            int attempts,
            String failure,
            @Nullable Object value,
            @Nullable String notShown) {}

    private record ReplayReport(int replayed) {}

    private record DiscardReport(int discarded) {}

    DeadLetterRoutes(CacheReports caches) {
        this.caches = caches;
    }

    List<Route> all() {
        return List.of(
                Route.use(
                        Method.GET,
                        PATH,
                        Role.READ,
                        List.of(Paging.OFFSET, Paging.LIMIT, VALUES),
                        "Changes that the writer has not written and that were given up, the oldest first; keys from the role operate on, values and"
                                + " messages for the role write",
                        this::list),
                Route.use(
                        Method.POST,
                        PATH + "/replays",
                        Role.OPERATE,
                        List.of(),
                        "Has changes that were given up written once more",
                        exchange -> Answer.json(new ReplayReport(act(exchange, WriteBehind::replay)))),
                Route.use(
                        Method.POST,
                        PATH + "/discards",
                        Role.WRITE,
                        List.of(),
                        "Drops changes that were given up: what the database has counts",
                        exchange -> Answer.json(new DiscardReport(act(exchange, WriteBehind::discard)))));
    }

    // ---- showing

    private Answer list(Exchange exchange) {
        boolean asked = exchange.parameter(VALUES).map(DeadLetterRoutes::truth).orElse(false);
        if (asked && !exchange.role().covers(Role.WRITE)) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED,
                    VALUES,
                    "true",
                    "the role write",
                    "use a token that has it, or leave it out");
        }
        WriteBehind<Object, Object> behind = behind(caches.openCache(exchange.part(CACHE)));
        return Answer.json(Page.of(
                behind.deadLetters(),
                letter -> report(letter, exchange.role().covers(Role.OPERATE), asked),
                Paging.offset(exchange),
                Paging.limit(exchange)));
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, VALUES, text, "true or false", null);
        }
        return text.equals("true");
    }

    private static DeadLetterReport report(DeadLetter<Object, Object> letter, boolean withKey, boolean withValue) {
        String key = withKey ? KeyText.write(letter.key()).orElse(null) : null;
        String failure = letter.failure();
        Object value = letter.value();
        String change = value == null ? "delete" : "write";
        if (!withValue) {
            return new DeadLetterReport(key, change, letter.attempts(), classOf(failure), null, null);
        } else if (value == null) {
            return new DeadLetterReport(key, change, letter.attempts(), failure, null, null);
        }
        try {
            return new DeadLetterReport(key, change, letter.attempts(), failure, ValueJson.write(value), null);
        } catch (ValueJson.NotShownException e) {
            return new DeadLetterReport(key, change, letter.attempts(), failure, null, e.why());
        }
    }

    /** What users' code says may have anything in it. */
    private static String classOf(String failure) {
        var matcher = CLASS.matcher(failure);
        return matcher.lookingAt() ? matcher.group() : "see the log";
    }

    // ---- acting

    private int act(Exchange exchange, ToIntBiFunction<WriteBehind<Object, Object>, Set<Object>> action) {
        FyerCache<Object, Object> cache = caches.openCache(exchange.part(CACHE));
        WriteBehind<Object, Object> behind = behind(cache);
        Object body = exchange.body();
        if (body instanceof Map<?, ?> wish && wish.size() == 1) {
            exchange.concerns("cache '" + cache.getName() + "', " + wish);
            if (Boolean.TRUE.equals(wish.get("all"))) {
                return action.applyAsInt(
                        behind,
                        behind.deadLetters().stream().map(DeadLetter::key).collect(Collectors.toSet()));
            } else if (wish.get("keys") instanceof List<?> texts
                    && texts.stream().allMatch(String.class::isInstance)) {
                Set<Object> keys = new HashSet<>();
                texts.forEach(text -> keys.add(KeyText.read(keyType(cache), (String) text)));
                return action.applyAsInt(behind, keys);
            }
        }
        throw new ProblemException(
                ProblemKind.BAD_REQUEST, "body", null, "{\"keys\": [\"...\"]} or {\"all\": true}", null);
    }

    private static WriteBehind<Object, Object> behind(FyerCache<Object, Object> cache) {
        return cache.writeBehind()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.CONFLICT,
                        CACHE,
                        cache.getName(),
                        "a cache that writes behind",
                        "whoever changes this one is told at once what its writer refuses"));
    }

    @SuppressWarnings("unchecked") // It is what getConfiguration gives for that class.
    private static Class<?> keyType(FyerCache<Object, Object> cache) {
        return ((CompleteConfiguration<Object, Object>) cache.getConfiguration(CompleteConfiguration.class))
                .getKeyType();
    }
}
