package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.contestant.OpenProvider;
import io.fyercache.benchmarks.workload.CacheShape;
import io.fyercache.benchmarks.workload.CacheShape.Expiry;
import io.fyercache.benchmarks.workload.CacheShape.Statistics;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import io.fyercache.benchmarks.workload.Order;
import io.fyercache.benchmarks.workload.SwapValue;
import io.fyercache.benchmarks.workload.ValueKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.cache.Cache;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Proves, before anything is timed, that a provider really has the shape that a cell names: a cache that drops entries, does not copy or
 * never expires would win by doing nothing.
 */
public final class CacheVerification {
    /** How long entries live untouched in the check of expiry. */
    private static final javax.cache.expiry.Duration SHORT_LIFE =
            new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 200);

    /** How long entries are kept alive by reading: longer than their life. */
    private static final Duration READ_SPAN = Duration.ofMillis(300);

    /** A pause of the JVM may expire an entry between two reads; three such pauses in a row are the cache's doing. */
    private static final int EXPIRY_ATTEMPTS = 3;

    /** After which a counter or a deadline counts as not working. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int PROBES = 64;

    private final OpenProvider provider;
    private final CacheShape shape;

    private CacheVerification(OpenProvider provider, CacheShape shape) {
        this.provider = provider;
        this.shape = shape;
    }

    /**
     * Checks a shape on small caches of its own.
     *
     * @throws RuntimeException with the reason, if the provider does not have the shape
     */
    public static void verify(OpenProvider provider, CacheShape shape) {
        new CacheVerification(provider, shape).verify();
    }

    private void verify() {
        NotMeasurableException.unless(
                shape.store() == Store.VALUE || provider.supportsStoreByReference(),
                "does not support store by reference (CachingProvider.isSupported)");
        String name = "verified";
        Cache<Long, Object> cache = provider.createCache(name, shape.configuration());
        try {
            verifyOperations(cache);
            verifyCopies(cache);
            verifyStatistics(name, cache);
        } finally {
            provider.manager().destroyCache(name);
        }
        if (shape.expiry() == Expiry.TOUCHED) {
            verifyExpiry();
        }
    }

    private void verifyOperations(Cache<Long, Object> cache) {
        Set<Long> keys = LongStream.range(0, PROBES).boxed().collect(Collectors.toSet());
        keys.forEach(key -> cache.put(key, value(key, 0)));
        Map<Long, Object> expected = keys.stream().collect(Collectors.toMap(key -> key, key -> value(key, 0)));
        NotMeasurableException.unless(
                expected.equals(new HashMap<>(cache.getAll(keys))), "getAll gave other entries than were put");
        for (Long key : keys) {
            NotMeasurableException.unless(value(key, 0).equals(cache.get(key)), "get gave another value than was put");
            Boolean present = cache.invoke(key, new SwapValue<>(), value(key, 1));
            NotMeasurableException.unless(Boolean.TRUE.equals(present), "invoke did not see the value");
            NotMeasurableException.unless(value(key, 1).equals(cache.get(key)), "invoke did not set the value");
        }
    }

    private void verifyCopies(Cache<Long, Object> cache) {
        Long key = 1L;
        Object value = value(key, 0);
        cache.put(key, value);
        if (shape.store() == Store.REFERENCE) {
            NotMeasurableException.unless(cache.get(key) == value, "by reference, yet get gave another object");
        } else if (value instanceof Order order) {
            order.moveTo("changed after put");
            NotMeasurableException.unless(value(key, 0).equals(cache.get(key)), "by value, yet put kept the object");
            if (cache.get(key) instanceof Order read) {
                read.moveTo("changed after get");
            }
            NotMeasurableException.unless(
                    value(key, 0).equals(cache.get(key)), "by value, yet get gave the kept object");
        }
    }

    private void verifyStatistics(String name, Cache<Long, Object> cache) {
        if (shape.statistics() == Statistics.OFF) {
            NotMeasurableException.unless(statistics(name).isEmpty(), "statistics are off, yet their MBean is there");
            return;
        }
        long before = hits(name);
        cache.get(1L);
        NotMeasurableException.unless(
                Patience.until(() -> hits(name) > before, LIMIT), "statistics are on, yet a hit is not counted");
    }

    private static long hits(String cacheName) {
        Set<ObjectName> names = statistics(cacheName);
        NotMeasurableException.unless(names.size() == 1, "statistics are on, yet they have %d MBeans", names.size());
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(names.iterator().next(), "CacheHits");
        } catch (JMException e) {
            throw new IllegalStateException("cannot read CacheHits of " + names, e);
        }
    }

    private static Set<ObjectName> statistics(String cacheName) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cacheName + ",*"), null);
        } catch (JMException e) {
            throw new IllegalStateException("cannot ask for the statistics of " + cacheName, e);
        }
    }

    private void verifyExpiry() {
        String name = "expiring";
        Cache<Long, Object> cache = provider.createCache(name, shape.configuration(SHORT_LIFE));
        NotMeasurableException.unless(livesWhileRead(cache), "touched, yet an entry expires while it is read");
        // containsKey is no access in the sense of JSR-107's expiry policies.
        NotMeasurableException.unless(
                Patience.until(() -> !cache.containsKey(1L), LIMIT), "touched, yet an entry does not expire");
        provider.manager().destroyCache(name);
    }

    private boolean livesWhileRead(Cache<Long, Object> cache) {
        for (int attempt = 0; attempt < EXPIRY_ATTEMPTS; attempt++) {
            cache.put(1L, value(1, 0));
            if (Patience.throughout(() -> cache.get(1L) != null, READ_SPAN)) {
                return true;
            }
        }
        return false;
    }

    private Object value(long key, int revision) {
        return kind().value((int) key, revision);
    }

    private ValueKind kind() {
        return shape.value();
    }
}
