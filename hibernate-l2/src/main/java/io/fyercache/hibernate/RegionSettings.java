package io.fyercache.hibernate;

import io.fyercache.configuration.DurationText;
import io.fyercache.configuration.NearestName;
import io.fyercache.hibernate.region.QueryResults;
import io.fyercache.hibernate.region.WriteFailure;
import io.fyercache.jcache.EngineCacheManager;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.cache.CacheException;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hibernate.fyercache.*} says. Immutable and valid.
 *
 * @param uri which cache manager the factory opens for itself; null for one in this JVM that no one else has
 * @param sharedManager the application's own, which stays open; null if the factory opens one
 * @param lockTimeout after which the soft lock of a process that is gone is over, {@link #LOCK_TIMEOUTS}
 * @param clockDifference the most that the clocks of two processes with the same regions may differ by, {@link #CLOCK_DIFFERENCES}; null for the
 *     default, which depends on whether there are others
 * @param queryResults where results of queries are
 * @param regionOwner by which name regions are claimed: the persistence unit's, unless another is set; null if there is none
 */
record RegionSettings(
        @Nullable URI uri,
        @Nullable EngineCacheManager sharedManager,
        Duration lockTimeout,
        @Nullable Duration clockDifference,
        WriteFailure writeFailure,
        QueryResults queryResults,
        @Nullable String regionOwner) {

    static final String PREFIX = "hibernate.fyercache.";
    static final String URI_SETTING = PREFIX + "uri";
    static final String CACHE_MANAGER = PREFIX + "cache_manager";
    static final String LOCK_TIMEOUT = PREFIX + "lock_timeout";
    static final String CLOCK_DIFFERENCE = PREFIX + "clock_difference";
    static final String WRITE_FAILURE = PREFIX + "write_failure";
    static final String QUERY_RESULTS = PREFIX + "query_results";
    static final String REGION_OWNER = PREFIX + "region_owner";

    private static final List<String> NAMES = List.of(
            URI_SETTING, CACHE_MANAGER, LOCK_TIMEOUT, CLOCK_DIFFERENCE, WRITE_FAILURE, QUERY_RESULTS, REGION_OWNER);

    /** As long as Hibernate's own: longer than a transaction should take from its first flush to its end. */
    static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(60);

    /** A range of durations, both ends in it. */
    private record Range(Duration least, Duration most) {
        boolean contains(Duration duration) {
            return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
        }

        @Override
        public String toString() {
            return least + ".." + most + ", such as 500ms, 60s or PT1M";
        }
    }

    /** Shorter, and locks end under transactions that only wait for a row; longer, and a key of a process that is gone is not cached for a day. */
    private static final Range LOCK_TIMEOUTS = new Range(Duration.ofSeconds(1), Duration.ofDays(1));

    /** Nothing is cached that was loaded so shortly after a change; with clocks that differ by more than a minute, they are what to repair. */
    private static final Range CLOCK_DIFFERENCES = new Range(Duration.ZERO, Duration.ofMinutes(1));

    /**
     * Reads the settings of a session factory.
     *
     * @throws CacheException if one is unknown, of another type or out of its range, or two are at odds; it lists all faults
     */
    static RegionSettings of(Map<String, Object> configuration) {
        Map<String, Object> ours = new TreeMap<>();
        configuration.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && value != null) {
                ours.put(name, value);
            }
        });
        Faults faults = new Faults();
        for (String name : ours.keySet()) {
            if (!NAMES.contains(name)) {
                faults.add(name + ": unknown setting (expected: one of " + NAMES + ")"
                        + NearestName.of(name, NAMES)
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(""));
            }
        }
        if (ours.containsKey(URI_SETTING) && ours.containsKey(CACHE_MANAGER)) {
            faults.add(
                    URI_SETTING + " and " + CACHE_MANAGER + ": both are set (expected: one of them); remove the other");
        }
        Duration lockTimeout = faults.duration(LOCK_TIMEOUT, ours.get(LOCK_TIMEOUT), LOCK_TIMEOUTS);
        RegionSettings settings = new RegionSettings(
                faults.uri(ours.get(URI_SETTING)),
                faults.manager(ours.get(CACHE_MANAGER)),
                lockTimeout == null ? DEFAULT_LOCK_TIMEOUT : lockTimeout,
                faults.duration(CLOCK_DIFFERENCE, ours.get(CLOCK_DIFFERENCE), CLOCK_DIFFERENCES),
                faults.choice(WRITE_FAILURE, ours.get(WRITE_FAILURE), WriteFailure.FAIL),
                faults.choice(QUERY_RESULTS, ours.get(QUERY_RESULTS), QueryResults.LOCAL),
                ownerOf(ours.get(REGION_OWNER), configuration.get(AvailableSettings.PERSISTENCE_UNIT_NAME)));
        faults.throwIfAny();
        return settings;
    }

    /** A native session factory has no unit, and claims nothing. */
    private static @Nullable String ownerOf(@Nullable Object stated, @Nullable Object unit) {
        Object owner = stated != null ? stated : unit;
        return owner == null ? null : owner.toString();
    }

    /** Reads values, and collects what is wrong with them; what it returns for a wrong one is not used. */
    private static final class Faults {
        private final List<String> faults = new ArrayList<>();

        void add(String fault) {
            faults.add(fault);
        }

        @Nullable
        URI uri(@Nullable Object value) {
            if (value == null || value instanceof URI) {
                return (URI) value;
            }
            try {
                return URI.create(value.toString().strip());
            } catch (IllegalArgumentException e) {
                add(URI_SETTING + ": " + value + " (expected: a URI, such as zk://host:2181/orders, or a name): "
                        + e.getMessage());
                return null;
            }
        }

        @Nullable
        EngineCacheManager manager(@Nullable Object value) {
            if (value == null || value instanceof EngineCacheManager) {
                return (EngineCacheManager) value;
            }
            add(CACHE_MANAGER + ": an object of class " + value.getClass().getName()
                    + " (expected: a CacheManager of FyerCachingProvider, as an object); to have one opened, set "
                    + URI_SETTING);
            return null;
        }

        @Nullable
        Duration duration(String name, @Nullable Object value, Range range) {
            if (value == null) {
                return null;
            }
            Duration duration = value instanceof Duration given
                    ? given
                    : DurationText.parse(value.toString().strip());
            if (duration == null || !range.contains(duration)) {
                add(name + ": " + value + " (expected: a duration, " + range + ")");
            }
            return duration;
        }

        /** Reads one of the constants of an enumeration, as an object or by its name. */
        <E extends Enum<E>> E choice(String name, @Nullable Object value, E usual) {
            if (value == null) {
                return usual;
            }
            E[] choices = usual.getDeclaringClass().getEnumConstants();
            for (E each : choices) {
                if (each == value
                        || each.name().equalsIgnoreCase(value.toString().strip())) {
                    return each;
                }
            }
            add(name + ": " + value + " (expected: one of "
                    + Arrays.toString(choices).toLowerCase(Locale.ROOT) + ")");
            return usual;
        }

        void throwIfAny() {
            if (!faults.isEmpty()) {
                throw new CacheException("invalid settings of the second-level cache, " + faults.size()
                        + (faults.size() == 1 ? " fault: " : " faults: ") + String.join("; ", faults));
            }
        }
    }
}
