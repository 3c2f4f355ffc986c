package io.fyercache.quickstart;

import io.fyercache.configuration.FyerConfiguration;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The cache in front of the table: reads go through it by a loader, writes by a writer; it is bounded, and its entries
 * expire.
 */
final class CacheInFront {
    /** Longer than a run, so that entries leave because of the bound. */
    static final Duration TIME_TO_LIVE = new Duration(TimeUnit.MINUTES, 10);

    private static final String NAME = ClassTable.NAME;

    private CacheInFront() {}

    /** Creates the cache in {@code manager}, with at most {@code maximumEntries} entries, of at least 1. */
    static Cache<String, ClassRow> create(
            CacheManager manager,
            long maximumEntries,
            CacheLoader<String, ClassRow> loader,
            CacheWriter<String, ClassRow> writer) {
        return manager.createCache(NAME, configuration(maximumEntries, loader, writer));
    }

    /** Creates the cache in the manager of a client. Its members make loader and writer, by their names. */
    static Cache<String, ClassRow> createInCluster(CacheManager manager) {
        return manager.createCache(
                NAME,
                new MutableConfiguration<String, ClassRow>()
                        .setTypes(String.class, ClassRow.class)
                        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(TIME_TO_LIVE))
                        .setCacheLoaderFactory(FactoryBuilder.factoryOf(RowLoader.class))
                        .setReadThrough(true)
                        .setCacheWriterFactory(FactoryBuilder.factoryOf(RowWriter.class))
                        .setWriteThrough(true));
    }

    /** The one place that uses more than {@code javax.cache}: JSR-107 has no word for a bound. */
    private static Configuration<String, ClassRow> configuration(
            long maximumEntries, CacheLoader<String, ClassRow> loader, CacheWriter<String, ClassRow> writer) {
        return FyerConfiguration.builder(String.class, ClassRow.class)
                .maximumEntries(maximumEntries)
                .expiry(CreatedExpiryPolicy.factoryOf(TIME_TO_LIVE))
                .loader(() -> loader)
                .readThrough(true)
                .writer(() -> writer)
                .writeThrough(true)
                .statisticsEnabled(true)
                .build();
    }

    /**
     * Returns how many gets {@code cache} says it has answered, by its statistics bean (JSR-107, chapter 12).
     *
     * @throws JMException if there is no such bean, or more than one
     */
    static long getsCounted(Cache<String, ClassRow> cache) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName pattern = new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cache.getName() + ",*");
        Set<ObjectName> names = server.queryNames(pattern, null);
        if (names.size() != 1) {
            throw new JMException("statistics beans " + pattern + ": " + names + " (expected: one)");
        }
        return (Long) server.getAttribute(names.iterator().next(), "CacheGets");
    }
}
