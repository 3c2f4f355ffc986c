package io.fyercache.benchmarks.contestant;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.fyercache.benchmarks.workload.CacheShape;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The bare maps that no JCache provider can be expected to beat. */
public final class LimitMaps {
    private static final Duration TOUCHED_FOR = Duration.ofMinutes(30);

    private LimitMaps() {}

    /**
     * A new map of a shape.
     *
     * @throws IllegalArgumentException if the contestant cannot have that shape, see {@link #lack}
     */
    public static ConcurrentMap<Long, Object> open(Contestant contestant, CacheShape shape) {
        lack(contestant, shape).ifPresent(reason -> {
            throw new IllegalArgumentException(contestant.id() + ": " + reason);
        });
        if (contestant == Contestant.CHM) {
            return new ConcurrentHashMap<>();
        }
        Caffeine<Object, Object> builder = Caffeine.newBuilder();
        if (shape.expiry() == CacheShape.Expiry.TOUCHED) {
            builder.expireAfterAccess(TOUCHED_FOR);
        }
        if (shape.statistics() == CacheShape.Statistics.ON) {
            builder.recordStats();
        }
        return builder.<Long, Object>build().asMap();
    }

    /** Why a bare map cannot have a shape; empty if it can. Values that are immutable need no copy, so by value is then the same. */
    public static Optional<String> lack(Contestant contestant, CacheShape shape) {
        if (shape.copiesValues()) {
            return Optional.of("a bare map does not copy values");
        }
        if (contestant == Contestant.CHM
                && (shape.expiry() != CacheShape.Expiry.ETERNAL || shape.statistics() == CacheShape.Statistics.ON)) {
            return Optional.of("a bare ConcurrentHashMap has neither expiry nor statistics");
        }
        return Optional.empty();
    }
}
