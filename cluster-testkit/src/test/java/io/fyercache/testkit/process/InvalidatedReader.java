package io.fyercache.testkit.process;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.InvalidationOptions;
import io.fyercache.configuration.Topology;
import io.fyercache.jcache.FyerCachingProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** A process with an invalidated cache that reads one key all the time, and says so when it finds less than was acknowledged before it looked. */
public final class InvalidatedReader {
    static final String CACHE = "read";
    static final String KEY = "k";
    static final Duration STALENESS = Duration.ofSeconds(1);

    /** Printed when it reads. */
    static final String READING = "READING";

    /** How the line begins that it prints when it has found what it must not. */
    static final String STALE = "STALE";

    private InvalidatedReader() {}

    /**
     * Runs it.
     *
     * @param arguments the cluster's URI, and the file of the row
     */
    public static void main(String[] arguments) {
        SharedRow row = new SharedRow(Path.of(arguments[1]));
        try (FyerCachingProvider provider = new FyerCachingProvider()) {
            CacheManager manager =
                    provider.getCacheManager(URI.create(arguments[0]), InvalidatedReader.class.getClassLoader());
            Cache<String, Long> cache = manager.createCache(CACHE, inFrontOf(row));
            System.out.println(READING);
            while (true) {
                long owed = row.acknowledged();
                long found = cache.get(KEY);
                if (found < owed) {
                    System.out.println(STALE + ": " + found + ", and " + owed + " was acknowledged");
                }
                row.countRead();
            }
        }
    }

    static FyerConfiguration<String, Long> inFrontOf(SharedRow row) {
        return FyerConfiguration.builder(String.class, Long.class)
                .statisticsEnabled(true)
                .readThrough(true)
                .loader(row.loader())
                .writeThrough(true)
                .writer(row.writer())
                .topology(Topology.INVALIDATED)
                .invalidation(InvalidationOptions.byCluster()
                        .within(STALENESS, Duration.ofMillis(200))
                        .withConfirmLimit(Duration.ofSeconds(20)))
                .build();
    }
}
