package io.fyercache.testkit.process;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.NearOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.core.engine.CacheEngine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.cache.Cache;

/** A way in which a cluster keeps a cache, with what it promises of reads, whatever fails: docs/consistency.md. */
enum WatchedTopology {
    PARTITIONED,
    REPLICATED,
    NEAR,
    INVALIDATED;

    /** Those whose entries are the cluster's. */
    static final List<WatchedTopology> OF_THE_CLUSTER = List.of(PARTITIONED, REPLICATED, NEAR);

    /** The bound of reads near. */
    static final Duration STALENESS_NEAR = Duration.ofMillis(500);

    /** For how long an invalidated cache goes by what it knows. */
    static final Duration STALENESS_INVALIDATED = Duration.ofSeconds(1);

    /** Returns the name of a cache that is kept so. */
    String cacheName() {
        return "watched-" + name().toLowerCase(Locale.ROOT);
    }

    /** Returns how such a cache of numbers is set up. */
    FyerConfiguration<String, Long> configuration(SharedNumbers numbers) {
        return this == INVALIDATED
                ? numbers.configuration()
                        .statisticsEnabled(true)
                        .topology(Topology.INVALIDATED)
                        .invalidation(InvalidationOptions.byCluster()
                                .within(STALENESS_INVALIDATED, Duration.ofMillis(200))
                                .withConfirmLimit(Duration.ofSeconds(20)))
                        .build()
                : builder(String.class, Long.class).build();
    }

    /** Returns how a cache is set up that is kept so by the cluster. */
    <K, V> ConfigurationBuilder<K, V> builder(Class<K> keys, Class<V> values) {
        ConfigurationBuilder<K, V> builder =
                FyerConfiguration.builder(keys, values).statisticsEnabled(true);
        return switch (this) {
            case PARTITIONED -> builder.topology(Topology.PARTITIONED);
            case REPLICATED -> builder.topology(Topology.REPLICATED);
            case NEAR -> builder.near(NearOptions.upTo(1_000).within(STALENESS_NEAR));
            case INVALIDATED -> throw new IllegalStateException("each process has entries of its own");
        };
    }

    /**
     * Returns the least number that a read may find that begins now.
     *
     * @param seen the greatest number of the key that this process has found before, or has been told to be acknowledged
     */
    long owed(SharedNumbers numbers, int key, long seen, long nowNanos) {
        return switch (this) {
            // One order for all: what one has found, nobody goes back behind.
            case PARTITIONED, REPLICATED -> Math.max(numbers.acknowledged(key), numbers.found(key));
            case NEAR -> Math.max(seen, numbers.acknowledgedAt(key, nowNanos - STALENESS_NEAR.toNanos()));
            case INVALIDATED -> numbers.acknowledged(key);
        };
    }

    /** Returns how many reads of a cache this process has answered from memory that is its own, without asking anybody. */
    long hits(Cache<?, ?> cache) {
        CacheEngine engine = cache.unwrap(CacheEngine.class);
        return switch (this) {
            case PARTITIONED, REPLICATED -> 0;
            case NEAR -> engine.near().hits();
            case INVALIDATED -> engine.counters().hits();
        };
    }
}
