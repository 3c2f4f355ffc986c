package io.fyercache.hibernate.micrometer;

import io.fyercache.hibernate.region.CachedRegion;
import io.fyercache.hibernate.region.RegionCache;
import io.fyercache.micrometer.CacheMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.cache.Cache;
import org.hibernate.SessionFactory;
import org.hibernate.cache.spi.CacheImplementor;
import org.hibernate.cache.spi.Region;
import org.hibernate.cache.spi.TimestampsCache;

/**
 * Binds the figures of a session factory's regions to a Micrometer registry: those of their caches, as {@link CacheMeters} has them, and {@value
 * #FAILURES}, how many operations of a region's cache have failed, and {@value #MISMATCHES}, how many reads have found an entry of another version of the classes.
 * All are tagged {@code cache} (the region with its prefix) and {@code cache.manager}.
 *
 * <p>Regions that there are when meters are bound have some; that is all but those of queries that name a region of their own, which Hibernate makes when the first of
 * them runs. The statistics of the caches are enabled. A read of a region is a get of its cache; reads that find a soft lock are hits here, and misses in
 * Hibernate's own statistics.
 *
 * <p>Thread-safe.
 */
public final class RegionMeters implements MeterBinder {
    /** A counter. */
    public static final String FAILURES = "cache.region.failures";

    /** A counter. */
    public static final String MISMATCHES = "cache.region.mismatches";

    private final CacheImplementor cache;
    private final Tags tags;

    /**
     * Prepares the meters.
     *
     * @throws IllegalArgumentException if the session factory has no second-level cache, or another region factory than ours
     */
    public RegionMeters(SessionFactory factory, Iterable<Tag> tags) {
        this.cache = factory.getCache().unwrap(CacheImplementor.class);
        this.tags = Tags.of(tags);
        if (regions().isEmpty()) {
            throw new IllegalArgumentException(
                    "session factory: it has no regions (expected: one with a second-level cache); set"
                            + " hibernate.cache.region.factory_class=fyercache, and cache an entity or results of queries");
        }
    }

    /** Binds the meters of a session factory's regions, with these tags, which are keys and values in turn. */
    public static void monitor(MeterRegistry registry, SessionFactory factory, String... tags) {
        new RegionMeters(factory, Tags.of(tags)).bindTo(registry);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        regions().forEach(region -> bind(registry, region.cache()));
    }

    private List<CachedRegion> regions() {
        List<CachedRegion> regions = new ArrayList<>();
        for (String name : cache.getCacheRegionNames()) {
            regions.add(ours(cache.getRegion(name)));
        }
        // It is none of those that have names. Without a cache there is nothing at all to ask for it.
        TimestampsCache timestamps = cache.getTimestampsCache();
        if (timestamps != null && timestamps.getRegion() != null) {
            regions.add(ours(timestamps.getRegion()));
        }
        return regions;
    }

    private static CachedRegion ours(Region region) {
        if (region instanceof CachedRegion ours) {
            return ours;
        }
        throw new IllegalArgumentException("region " + region.getName() + ": of "
                + region.getClass().getName()
                + " (expected: a region of FyerCache); set hibernate.cache.region.factory_class=fyercache");
    }

    private void bind(MeterRegistry registry, RegionCache region) {
        Cache<?, ?> own = region.cache();
        own.getCacheManager().enableStatistics(own.getName(), true);
        new CacheMeters(own, tags).bindTo(registry);
        count(registry, region, FAILURES, RegionCache::failures, "Operations of the region's cache that have failed");
        count(
                registry,
                region,
                MISMATCHES,
                RegionCache::mismatches,
                "Reads of the region that have found an entry of another version of the classes, and so nothing");
    }

    private void count(
            MeterRegistry registry,
            RegionCache region,
            String name,
            ToDoubleFunction<RegionCache> figure,
            String description) {
        FunctionCounter.builder(name, region, figure)
                .tags(tags)
                .tag("cache", region.cache().getName())
                .tag("cache.manager", region.cache().getCacheManager().getURI().toString())
                .description(description)
                .register(registry);
    }
}
