package io.fyercache.micrometer;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.InvalidationFigures;
import io.fyercache.core.engine.NearFigures;
import io.fyercache.core.engine.QueuedChanges;
import io.fyercache.core.statistics.CacheCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Binds the figures of one of our caches to a Micrometer registry, tagged {@code cache} (its name) and {@code cache.manager} (the
 * manager's URI).
 *
 * <p>Beside Micrometer's common cache meters ({@code cache.size}, {@code cache.gets} by result, {@code cache.puts},
 * {@code cache.evictions}): {@code cache.weight}, {@code cache.removals}, {@code cache.expiries}, {@code cache.eviction.weight},
 * {@code cache.loads} (a timer of the loader's calls that ended well), {@code cache.load.keys} and {@code cache.load.failures}.
 *
 * <p>Of a cache that writes behind: {@code cache.writes} (a timer of batches that were written whole), {@code cache.write.keys}, {@code
 * cache.write.failures}, {@code cache.write.queued} (keys whose changes wait), {@code cache.write.lag} (the age of the oldest of these changes, in
 * seconds) and {@code cache.write.dead.letters}. In a cluster the last four are those of the whole cluster, and the others zero: members count them.
 *
 * <p>Of a cache of the topology {@code invalidated}: {@code cache.invalidation.sent} and {@code cache.invalidation.received} (messages), {@code
 * cache.invalidation.dropped} (messages of no use), {@code cache.invalidation.gaps} (how often something was missed), {@code
 * cache.invalidation.cleared} (how often the cache was emptied), {@code cache.invalidation.lag} (the age of the news that it goes by, in seconds) and {@code
 * cache.invalidation.in.step} (1 if it answers from memory).
 *
 * <p>Of a cache that is read near: {@code cache.near.hits} and {@code cache.near.misses} (reads that were answered near, and that were not), {@code
 * cache.near.invalidations} (keys that were told to have changed), {@code cache.near.gaps} (how often all entries of a partition were dropped) and {@code
 * cache.near.size}.
 *
 * <p>Gets, puts and removals are those of JSR-107 and count only while the cache's statistics are enabled; the rest always counts.
 * The cache is referred to weakly: meters of one that was closed and forgotten read zero. Thread-safe.
 */
public final class CacheMeters extends CacheMeterBinder<Cache<?, ?>> {
    private static final Logger LOG = System.getLogger(CacheMeters.class.getName());

    /**
     * Prepares the meters of {@code cache}.
     *
     * @throws IllegalArgumentException if {@code cache} is not one of ours, whoever wrapped it
     */
    public CacheMeters(Cache<?, ?> cache, Iterable<Tag> tags) {
        super(cache, cache.getName(), Tags.of(tags).and("cache.manager", uriOf(cache)));
        engineOf(cache);
    }

    /** Binds the meters of {@code cache} to {@code registry} and returns the cache; tags are keys and values in turn. */
    public static <C extends Cache<?, ?>> C monitor(MeterRegistry registry, C cache, String... tags) {
        new CacheMeters(cache, Tags.of(tags)).bindTo(registry);
        return cache;
    }

    private static String uriOf(Cache<?, ?> cache) {
        return cache.getCacheManager().getURI().toString();
    }

    private static CacheEngine engineOf(Cache<?, ?> cache) {
        try {
            return cache.unwrap(CacheEngine.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cache '" + cache.getName() + "': " + cache.getClass().getName()
                            + " (expected: a cache of FyerCache); use Micrometer's JCacheMetrics for other providers",
                    e);
        }
    }

    @Override
    protected Long size() {
        return read(CacheEngine::size);
    }

    @Override
    protected long hitCount() {
        return count(CacheCounters::hits);
    }

    @Override
    protected Long missCount() {
        return count(CacheCounters::misses);
    }

    @Override
    protected Long evictionCount() {
        return count(CacheCounters::evictions);
    }

    @Override
    protected long putCount() {
        return count(CacheCounters::puts);
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Cache<?, ?> cache = getCache();
        if (cache == null) {
            return;
        }
        CacheEngine engine = engineOf(cache);
        if (!engine.counters().isEnabled()) {
            LOG.log(
                    Level.WARNING,
                    "cache ''{0}'': statistics are disabled, so its gets, puts and removals read zero; enable them in its"
                            + " configuration or by CacheManager.enableStatistics",
                    cache.getName());
        }
        Gauge.builder("cache.weight", cache, of(CacheEngine::weight))
                .tags(getTagsWithCacheName())
                .description("Sum of the weights of the entries; their number where each weighs 1")
                .register(registry);
        counter(registry, cache, "cache.removals", "Values removed on purpose", CacheCounters::removals);
        counter(registry, cache, "cache.expiries", "Values whose time was over", CacheCounters::expiries);
        counter(registry, cache, "cache.eviction.weight", "Sum of evicted weights", CacheCounters::evictedWeight);
        counter(
                registry,
                cache,
                "cache.load.keys",
                "Keys that the loader was asked for with success",
                CacheCounters::loads);
        counter(registry, cache, "cache.load.failures", "Failed calls of the loader", CacheCounters::loadFailures);
        FunctionTimer.builder(
                        "cache.loads",
                        cache,
                        of -> engineOf(of).counters().loadCalls(),
                        of -> engineOf(of).counters().loadNanos(),
                        TimeUnit.NANOSECONDS)
                .tags(getTagsWithCacheName())
                .description("Calls of the loader that ended well")
                .register(registry);
        if (engine.queuedChanges() != null) {
            bindWriteBehind(registry, cache);
        }
        if (engine.invalidations() != null) {
            bindInvalidations(registry, cache);
        }
        if (engine.near() != null) {
            bindNear(registry, cache);
        }
    }

    private void bindNear(MeterRegistry registry, Cache<?, ?> cache) {
        near(registry, cache, "hits", "Reads that were answered near", NearFigures::hits);
        near(registry, cache, "misses", "Reads that were not answered near", NearFigures::misses);
        near(registry, cache, "invalidations", "Keys that were told to have changed", NearFigures::invalidations);
        near(registry, cache, "gaps", "How often all entries of a partition were dropped", NearFigures::gaps);
        Gauge.builder("cache.near.size", cache, ofNear(NearFigures::size))
                .tags(getTagsWithCacheName())
                .description("Entries that are kept near")
                .register(registry);
    }

    private void near(
            MeterRegistry registry,
            Cache<?, ?> cache,
            String name,
            String description,
            ToLongFunction<NearFigures> figure) {
        FunctionCounter.builder("cache.near." + name, cache, ofNear(figure))
                .tags(getTagsWithCacheName())
                .description(description)
                .register(registry);
    }

    private static ToDoubleFunction<Cache<?, ?>> ofNear(ToLongFunction<NearFigures> figure) {
        return of(engine -> {
            NearFigures figures = engine.near();
            return figures == null ? 0 : figure.applyAsLong(figures);
        });
    }

    private void bindInvalidations(MeterRegistry registry, Cache<?, ?> cache) {
        invalidations(registry, cache, "sent", "Messages that the bus has taken over", InvalidationFigures::sent);
        invalidations(registry, cache, "received", "Messages of others", InvalidationFigures::received);
        invalidations(registry, cache, "dropped", "Messages of no use", InvalidationFigures::dropped);
        invalidations(registry, cache, "gaps", "How often something was missed", InvalidationFigures::gaps);
        invalidations(registry, cache, "cleared", "How often the cache was emptied", InvalidationFigures::cleared);
        TimeGauge.builder(
                        "cache.invalidation.lag",
                        cache,
                        TimeUnit.NANOSECONDS,
                        figure(figures -> figures.lagNanos() < 0 ? Double.NaN : figures.lagNanos()))
                .tags(getTagsWithCacheName())
                .description("Age of the news that the cache goes by")
                .register(registry);
        Gauge.builder("cache.invalidation.in.step", cache, figure(figures -> figures.isInStep() ? 1 : 0))
                .tags(getTagsWithCacheName())
                .description("Whether the cache answers from memory")
                .register(registry);
    }

    private void invalidations(
            MeterRegistry registry,
            Cache<?, ?> cache,
            String name,
            String description,
            ToDoubleFunction<InvalidationFigures> figure) {
        FunctionCounter.builder("cache.invalidation." + name, cache, figure(figure))
                .tags(getTagsWithCacheName())
                .description(description)
                .register(registry);
    }

    private static ToDoubleFunction<Cache<?, ?>> figure(ToDoubleFunction<InvalidationFigures> figure) {
        return cache -> {
            InvalidationFigures figures = engineOf(cache).invalidations();
            return figures == null ? 0 : figure.applyAsDouble(figures);
        };
    }

    private void bindWriteBehind(MeterRegistry registry, Cache<?, ?> cache) {
        FunctionTimer.builder(
                        "cache.writes",
                        cache,
                        of -> engineOf(of).counters().writeBatches(),
                        of -> engineOf(of).counters().writeNanos(),
                        TimeUnit.NANOSECONDS)
                .tags(getTagsWithCacheName())
                .description("Batches of changes that were written behind as a whole")
                .register(registry);
        counter(registry, cache, "cache.write.keys", "Changes that were written behind", CacheCounters::writes);
        FunctionCounter.builder("cache.write.failures", cache, queued(QueuedChanges::failures))
                .tags(getTagsWithCacheName())
                .description("Batches that could not be written behind, or not as a whole")
                .register(registry);
        gauge(registry, cache, "cache.write.queued", "Keys whose changes are to be written", QueuedChanges::depth);
        gauge(
                registry,
                cache,
                "cache.write.dead.letters",
                "Changes that were given up",
                QueuedChanges::deadLetterCount);
        TimeGauge.builder("cache.write.lag", cache, TimeUnit.MILLISECONDS, queued(QueuedChanges::lagMillis))
                .tags(getTagsWithCacheName())
                .description("Age of the oldest change that is to be written")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            Cache<?, ?> cache,
            String name,
            String description,
            ToLongFunction<QueuedChanges> figure) {
        Gauge.builder(name, cache, queued(figure))
                .tags(getTagsWithCacheName())
                .description(description)
                .register(registry);
    }

    private static ToDoubleFunction<Cache<?, ?>> queued(ToLongFunction<QueuedChanges> figure) {
        return of(engine -> {
            QueuedChanges changes = engine.queuedChanges();
            return changes == null ? 0 : figure.applyAsLong(changes);
        });
    }

    private void counter(
            MeterRegistry registry,
            Cache<?, ?> cache,
            String name,
            String description,
            ToLongFunction<CacheCounters> figure) {
        FunctionCounter.builder(name, cache, of(engine -> figure.applyAsLong(engine.counters())))
                .tags(getTagsWithCacheName())
                .description(description)
                .register(registry);
    }

    private static ToDoubleFunction<Cache<?, ?>> of(ToLongFunction<CacheEngine> figure) {
        return cache -> figure.applyAsLong(engineOf(cache));
    }

    private long count(ToLongFunction<CacheCounters> figure) {
        return read(engine -> figure.applyAsLong(engine.counters()));
    }

    private long read(ToLongFunction<CacheEngine> figure) {
        @Nullable Cache<?, ?> cache = getCache();
        return cache == null ? 0 : figure.applyAsLong(engineOf(cache));
    }
}
