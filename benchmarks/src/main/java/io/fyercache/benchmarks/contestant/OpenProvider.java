package io.fyercache.benchmarks.contestant;

import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;

/**
 * A provider that is open in this JVM and makes unbounded caches.
 *
 * @param manager the provider's manager
 * @param unbounded how a plain configuration is passed on
 * @param offHeapBytes the memory that entries use outside the heap now
 * @param shutdown ends what the provider's own {@code close} leaves running
 */
public record OpenProvider(
        CacheManager manager, UnboundedConfiguration unbounded, LongSupplier offHeapBytes, Runnable shutdown)
        implements AutoCloseable {

    /** A provider whose default manager makes unbounded heap caches from a plain configuration. */
    static OpenProvider byClassName(String className) {
        return onHeap(instantiate(className).getCacheManager(), UnboundedConfiguration.PLAIN);
    }

    /** A provider with a manager of its own that keeps all entries on the heap. */
    static OpenProvider onHeap(CacheManager manager, UnboundedConfiguration unbounded) {
        return new OpenProvider(manager, unbounded, () -> 0, () -> {});
    }

    /**
     * Makes the provider object without {@code Caching.getCachingProvider(className)}, which starts every provider on the class path to
     * look at its name: Ignite's then fails for lack of its JVM options, and cache2k's logs.
     */
    static CachingProvider instantiate(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(CachingProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "provider class: %s (expected: on the class path, with a public constructor)".formatted(className),
                    e);
        }
    }

    /** Creates a cache without any bound on its size. */
    public <V> Cache<Long, V> createCache(String name, MutableConfiguration<Long, V> configuration) {
        return manager.createCache(name, unbounded.of(name, configuration));
    }

    /** Whether the provider says that it can keep values by reference. */
    public boolean supportsStoreByReference() {
        return manager.getCachingProvider().isSupported(OptionalFeature.STORE_BY_REFERENCE);
    }

    @Override
    public void close() {
        manager.getCachingProvider().close();
        shutdown.run();
    }
}
