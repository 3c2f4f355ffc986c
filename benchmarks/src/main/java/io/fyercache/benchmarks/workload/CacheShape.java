package io.fyercache.benchmarks.workload;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;

/**
 * The cache that a cell asks for.
 *
 * @param store by reference or by value
 * @param value what is stored
 * @param statistics whether they are counted
 * @param expiry when entries expire
 */
public record CacheShape(Store store, ValueKind value, Statistics statistics, Expiry expiry) {
    /** Whether the cache keeps the caller's object. */
    public enum Store {
        REFERENCE,
        VALUE
    }

    /** Whether JSR-107 statistics are on. */
    public enum Statistics {
        OFF,
        ON
    }

    /** The expiry policy. */
    public enum Expiry {
        /** JSR-107's default: never. */
        ETERNAL,
        /** 30 minutes after the last access, which no run reaches: what it costs to keep the deadline. */
        TOUCHED
    }

    private static final Duration TOUCHED_FOR = new Duration(TimeUnit.MINUTES, 30);

    /** The part of a cell's name that this is, such as {@code value/pojo/stats-off/eternal}. */
    public String id() {
        return "%s/%s/stats-%s/%s".formatted(lower(store), value.id(), lower(statistics), lower(expiry));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Whether the values are such that a cache by value has to copy them. */
    public boolean copiesValues() {
        return store == Store.VALUE && value == ValueKind.POJO;
    }

    /** A plain JCache configuration of this shape. */
    public MutableConfiguration<Long, Object> configuration() {
        return configuration(TOUCHED_FOR);
    }

    /** A plain JCache configuration of this shape, whose expiry, if any, is another one. */
    public MutableConfiguration<Long, Object> configuration(Duration touchedFor) {
        @SuppressWarnings(
                "unchecked") // The benchmarks handle all kinds of values alike; providers see the type itself.
        Class<Object> type = (Class<Object>) value.type();
        MutableConfiguration<Long, Object> configuration = new MutableConfiguration<Long, Object>()
                .setTypes(Long.class, type)
                .setStoreByValue(store == Store.VALUE)
                .setStatisticsEnabled(statistics == Statistics.ON);
        if (expiry == Expiry.TOUCHED) {
            configuration.setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(touchedFor));
        }
        return configuration;
    }
}
