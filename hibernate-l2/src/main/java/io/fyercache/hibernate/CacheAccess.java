package io.fyercache.hibernate;

import io.fyercache.hibernate.region.LockTerms;
import io.fyercache.hibernate.region.ManagerMemory;
import io.fyercache.hibernate.region.QueryResults;
import io.fyercache.hibernate.region.RegionCaches;
import io.fyercache.hibernate.region.RegionOwners;
import io.fyercache.jcache.EngineCacheManager;
import io.fyercache.jcache.FyerCachingProvider;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What a region factory has from its start to its stop: its caches, and terms for their locks. Thread-safe.
 *
 * <p>A manager that it opens is its own, of a provider of its own: two session factories of one application never share entries by accident, and
 * none closes another's.
 *
 * @param provider of the managers that are its own
 * @param clustered whether entities are in a cluster
 */
record CacheAccess(FyerCachingProvider provider, boolean clustered, RegionCaches caches, LockTerms terms)
        implements AutoCloseable {

    /** Where results of queries are by default, if entities are in a cluster: they are stale soon, and cheap to ask for again. */
    private static final URI LOCAL_QUERIES = URI.create("classpath:io/fyercache/hibernate/local-queries.yaml");

    /** Clocks that are set by NTP are nearer. */
    private static final Duration DEFAULT_CLOCK_DIFFERENCE = Duration.ofSeconds(1);

    /**
     * Opens what the settings say.
     *
     * @param classLoader finds the configuration file and the application's classes
     * @throws CacheException if a manager cannot be opened
     */
    static CacheAccess open(RegionSettings settings, ClassLoader classLoader) {
        FyerCachingProvider provider = new FyerCachingProvider();
        try {
            EngineCacheManager manager = manager(provider, settings, classLoader);
            boolean clustered = RegionCaches.areClustered(manager);
            EngineCacheManager queryManager = clustered && settings.queryResults() == QueryResults.LOCAL
                    ? opened(provider, LOCAL_QUERIES, CacheAccess.class.getClassLoader())
                    : manager;
            return new CacheAccess(
                    provider,
                    clustered,
                    new RegionCaches(
                            manager,
                            queryManager,
                            new RegionOwners(manager, settings.regionOwner()),
                            settings.writeFailure()),
                    new LockTerms(
                            UUID.randomUUID(),
                            ManagerMemory.of(manager),
                            settings.lockTimeout(),
                            clockDifference(settings, clustered)));
        } catch (RuntimeException e) {
            provider.close();
            throw new CacheException("the second-level cache cannot be opened: " + e.getMessage(), e);
        }
    }

    private static EngineCacheManager manager(
            FyerCachingProvider provider, RegionSettings settings, ClassLoader classLoader) {
        EngineCacheManager shared = settings.sharedManager();
        return shared != null ? shared : opened(provider, uriOf(settings.uri()), classLoader);
    }

    private static EngineCacheManager opened(FyerCachingProvider provider, URI uri, ClassLoader classLoader) {
        return (EngineCacheManager) provider.getCacheManager(uri, classLoader);
    }

    /** Returns the URI of the manager; a name that nobody else has, if none is set, because JMX and logs go by it. */
    private static URI uriOf(@Nullable URI setting) {
        return setting != null ? setting : URI.create("fyercache:hibernate-" + UUID.randomUUID());
    }

    /** Returns zero if all who have these regions are in this JVM, and so have one source of timestamps. */
    private static Duration clockDifference(RegionSettings settings, boolean clustered) {
        Duration stated = settings.clockDifference();
        if (stated != null) {
            return stated;
        }
        return clustered ? DEFAULT_CLOCK_DIFFERENCE : Duration.ZERO;
    }

    /** Closes the managers that are its own. */
    @Override
    public void close() {
        provider.close();
    }
}
