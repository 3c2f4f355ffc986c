package io.fyercache.jcache;

import io.fyercache.configuration.EntryWeigher;
import io.fyercache.configuration.EvictionListener;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LoadOptions;
import io.fyercache.configuration.PortableFactory;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.core.engine.Adjustment;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EvictionObserver;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.jcache.integration.LoaderBridge;
import io.fyercache.jcache.integration.UserObjects;
import io.fyercache.jcache.integration.WriterBridge;
import io.fyercache.jcache.processor.PortableProcessors;
import java.time.Duration;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** Turns a cache's configuration into what its engine must know. */
final class CacheAssembly {
    private final String cacheName;
    private final FyerConfiguration<?, ?> configuration;
    private final Supplier<Class<?>> valueType;
    private final EntryForm form;
    private final UserObjects userObjects;

    /**
     * Prepares the assembly of a cache.
     *
     * @param valueType returns the type of values, which user code has to keep to
     * @param userObjects has the factories make their objects, and keeps them
     */
    CacheAssembly(
            String cacheName,
            FyerConfiguration<?, ?> configuration,
            Supplier<Class<?>> valueType,
            EntryForm form,
            UserObjects userObjects) {
        this.cacheName = cacheName;
        this.configuration = configuration;
        this.valueType = valueType;
        this.form = form;
        this.userObjects = userObjects;
    }

    /**
     * Returns what the engine must know.
     *
     * @throws CacheException if an object of the user's is to be made at once, and its factory fails; what the others made is kept by the user
     *     objects, to be closed by the caller
     */
    CacheDefinition define(ChangeListeners listeners) {
        return new CacheDefinition(
                cacheName,
                form,
                form instanceof Encoded encoded ? new PortableProcessors(encoded, valueType) : ProcessForm.NONE,
                expiry(),
                bounds(),
                loader(),
                configuration.isReadThrough() ? CacheDefinition.Reading.THROUGH : CacheDefinition.Reading.CACHE_ONLY,
                settings(configuration.loadOptions()),
                writer(),
                writeBehind(configuration),
                listeners,
                evictions(),
                configuration.near().isPresent() ? CacheDefinition.Near.KEPT : CacheDefinition.Near.NOT_KEPT);
    }

    private Expiry expiry() {
        Factory<ExpiryPolicy> factory = configuration.getExpiryPolicyFactory();
        Supplier<ExpiryPolicy> policy = userObjects.make("expiry policy", factory);
        // What has travelled and is not spelled out is the user's own, and need not be here yet.
        return factory instanceof PortableFactory
                ? PolicyExpiry.ofUser(cacheName, policy)
                : PolicyExpiry.of(cacheName, policy.get());
    }

    private @Nullable EntryLoader loader() {
        Factory<? extends CacheLoader<?, ?>> factory = configuration.getCacheLoaderFactory();
        return factory == null
                ? null
                : new LoaderBridge(cacheName, userObjects.make("loader", factory), form, valueType);
    }

    private @Nullable WriterBridge writer() {
        Factory<? extends CacheWriter<?, ?>> factory = configuration.getCacheWriterFactory();
        if (factory == null) {
            return null;
        }
        Supplier<? extends CacheWriter<?, ?>> writer = userObjects.make("writer", factory);
        return configuration.isWriteThrough() ? new WriterBridge(cacheName, writer, form) : null;
    }

    private Bounds bounds() {
        if (configuration.maximumEntries().isPresent()) {
            return new Bounds(configuration.maximumEntries().getAsLong(), null);
        }
        if (configuration.maximumWeight().isEmpty()) {
            return Bounds.NONE;
        }
        @SuppressWarnings("unchecked") // the configuration's type parameters hold for its weigher
        Supplier<EntryWeigher<Object, Object>> weigher = (Supplier<EntryWeigher<Object, Object>>) (Supplier<?>)
                userObjects.make("weigher", configuration.weigher().orElseThrow());
        return new Bounds(
                configuration.maximumWeight().getAsLong(),
                (key, value) -> weigher.get().weigh(form.keyToUser(key), form.toUser(value)));
    }

    private @Nullable EvictionObserver evictions() {
        if (configuration.evictionListener().isEmpty()) {
            return null;
        }
        @SuppressWarnings("unchecked") // the configuration's type parameters hold for its listener
        Supplier<EvictionListener<Object, Object>> listener =
                (Supplier<EvictionListener<Object, Object>>) (Supplier<?>) userObjects.make(
                        "eviction listener", configuration.evictionListener().get());
        return (key, value) -> listener.get().onEviction(form.keyToUser(key), form.toUser(value));
    }

    /** Returns what of a configuration can change while a cache is used. */
    static Adjustment adjustment(String cacheName, FyerConfiguration<?, ?> configuration) {
        Expiry expiry = configuration
                .expiryIfPlain()
                .map(policy -> PolicyExpiry.of(cacheName, policy))
                .orElse(null);
        long maximum = configuration
                .maximumEntries()
                .orElse(configuration.maximumWeight().orElse(Bounds.UNLIMITED));
        return new Adjustment(expiry, maximum, settings(configuration.loadOptions()));
    }

    private static LoadSettings settings(LoadOptions options) {
        Double refreshAhead = options.refreshAhead();
        return new LoadSettings(
                options.maximumConcurrentLoads(),
                options.loadQueueWait().toMillis(),
                refreshAhead == null ? 0 : refreshAhead,
                millis(options.staleOnError()),
                millis(options.missTimeToLive()));
    }

    /** Returns how changes wait for the writer; null if the cache has none, or writes each change first. */
    static @Nullable WriteBehindSettings writeBehind(FyerConfiguration<?, ?> configuration) {
        return configuration.isWriteThrough() && configuration.getCacheWriterFactory() != null
                ? configuration.writeBehind().map(CacheAssembly::settings).orElse(null)
                : null;
    }

    private static WriteBehindSettings settings(WriteBehindOptions options) {
        return new WriteBehindSettings(
                options.delay().toMillis(),
                options.batchSize(),
                options.maximumQueued(),
                options.queueWait().toMillis(),
                new WriteBehindSettings.Retries(
                        options.attempts(),
                        options.retryPause().toMillis(),
                        options.longestRetryPause().toMillis()),
                options.drainLimit().toMillis());
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toMillis();
    }
}
