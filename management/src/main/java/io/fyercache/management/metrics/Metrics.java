package io.fyercache.management.metrics;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.jcache.EngineCacheManager;
import io.fyercache.management.report.ManagedProcess;
import io.fyercache.micrometer.CacheMeters;
import io.fyercache.sharded.node.ClusterPicture.Part;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.cache.Cache;

/**
 * The meters of a process: those of its place in a cluster, and of each cache that it uses; {@code docs/operations.md} lists them. Caches are looked
 * for whenever somebody asks, so those that come later are there, and those that are gone are not. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    /** The content type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String SIZE = "cache.size";

    private static final String WEIGHT = "cache.weight";

    private final ManagedProcess process;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EntryCounts counts;
    private final Optional<ServedMeters> served;

    /** The caches that have meters, by name; used by who asks, one at a time. */
    private final Map<String, Cache<?, ?>> bound = new HashMap<>();

    /** Makes the meters of a process. */
    public Metrics(ManagedProcess process) {
        this.process = process;
        this.counts = new EntryCounts();
        // To count entries may take a call to every partition, for which nobody who asks for metrics may wait; see
        // EntryCounts.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith(SIZE))
                .meterFilter(MeterFilter.denyNameStartsWith(WEIGHT));
        process.cluster().ifPresent(cluster -> new ClusterMeters(cluster).bindTo(registry));
        // A client serves nothing.
        this.served = process.cluster()
                .filter(cluster -> cluster.picture().part() == Part.MEMBER)
                .map(cluster -> new ServedMeters(cluster, registry));
        process.events().ifPresent(events -> ClusterMeters.bindEvents(events, registry));
    }

    /** Returns all meters in Prometheus's text form. Waits for nothing. */
    public synchronized String scrape() {
        EngineCacheManager manager = process.manager();
        if (!manager.isClosed()) {
            follow(manager);
        }
        served.ifPresent(ServedMeters::follow);
        return registry.scrape(CONTENT_TYPE);
    }

    private void follow(EngineCacheManager manager) {
        Map<String, Cache<?, ?>> present = new HashMap<>();
        for (String name : manager.getCacheNames()) {
            Cache<?, ?> cache = manager.openedCache(name);
            if (cache != null) {
                present.put(name, cache);
            }
        }
        for (Map.Entry<String, Cache<?, ?>> each : List.copyOf(bound.entrySet())) {
            if (present.get(each.getKey()) != each.getValue()) {
                unbind(each.getKey());
            }
        }
        present.forEach((name, cache) -> {
            if (bound.putIfAbsent(name, cache) == null) {
                bind(cache);
            }
        });
    }

    private void bind(Cache<?, ?> cache) {
        CacheMeters.monitor(registry, cache);
        CacheEngine engine = cache.unwrap(CacheEngine.class);
        Gauge.builder("fyercache.cache.entries", () -> counts.of(cache.getName(), engine::size))
                .tags(Tags.of("cache", cache.getName()))
                .description(
                        "Entries of the cache, in all of its cluster; not a number until they have been counted once")
                .register(registry);
    }

    private void unbind(String name) {
        bound.remove(name);
        counts.forget(name);
        for (Meter meter : new ArrayList<>(registry.getMeters())) {
            boolean isOfMember = meter.getId().getName().startsWith(ServedMeters.PREFIX);
            if (!isOfMember && name.equals(meter.getId().getTag("cache"))) {
                registry.remove(meter);
            }
        }
    }

    /** Ends the counting; the meters stay as they are. */
    @Override
    public void close() {
        counts.close();
        registry.close();
    }
}
