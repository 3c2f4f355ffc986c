package io.fyercache.jcache;

import io.fyercache.configuration.CacheDiffersException;
import io.fyercache.configuration.ConfigurationFile;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one URI and class loader.
 *
 * <p>Those that the configuration file declares exist from the start; those whose name matches one of its patterns are made when they are
 * first asked for. After {@link #close()} everything but the getters of provider, URI, class loader and properties throws {@link
 * IllegalStateException}. Thread-safe.
 */
public final class EngineCacheManager implements CacheManager {
    private static final Logger LOGGER = System.getLogger(EngineCacheManager.class.getName());

    private final FyerCachingProvider provider;
    private final URI uri;

    private final ClassLoader classLoader;

    private final Properties properties;
    private final ConfigurationFile file;
    private final CacheEngines engines;
    private final HoldWaits waits;
    private final Clock clock;

    private final Map<String, EngineCache<?, ?>> caches = new ConcurrentHashMap<>();

    /** What those who use this manager keep with it, by its type. */
    private final Map<Class<?>, Object> companions = new ConcurrentHashMap<>();

    /** Orders the making of caches, and closing. */
    private final Object lifecycle = new Object();

    private volatile boolean closed;

    EngineCacheManager(
            FyerCachingProvider provider,
            URI uri,
            ClassLoader classLoader,
            Properties properties,
            ConfigurationFile file,
            CacheEngines engines,
            HoldWaits waits,
            Clock clock) {
        this.provider = provider;
        this.uri = uri;
        this.classLoader = classLoader;
        this.properties = properties;
        this.file = file;
        this.engines = engines;
        this.waits = waits;
        this.clock = clock;
    }

    /**
     * Makes the caches that the configuration file declares.
     *
     * @throws CacheException if one of them cannot be made
     */
    void createDeclaredCaches() {
        synchronized (lifecycle) {
            for (String name : file.declaredCaches()) {
                // A factory of one cache may have asked for another one already.
                if (!caches.containsKey(name)) {
                    file.configurationFor(name)
                            .ifPresent(configuration -> create(name, configuration, Opening.DEFINES));
                }
            }
        }
    }

    @Override
    public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(String cacheName, C configuration) {
        requireOpen();
        Objects.requireNonNull(cacheName, "cacheName: null (expected: a name)");
        Objects.requireNonNull(configuration, "configuration: null (expected: a configuration)");
        synchronized (lifecycle) {
            requireOpen();
            EngineCache<?, ?> existing = caches.get(cacheName);
            if (existing != null) {
                throw new CacheException("cache '" + cacheName + "' exists already in manager " + uri + ", from "
                        + existing.lifecycle().configuration().getKeyType().getName() + " to "
                        + existing.lifecycle().configuration().getValueType().getName()
                        + " (expected: a new name); get it with getCache, or destroy it first with destroyCache");
            }
            return create(cacheName, file.complete(cacheName, configuration), Opening.DEFINES);
        }
    }

    /**
     * Returns the open cache of a name, made now if there is none.
     *
     * @throws CacheDiffersException if there is one of another configuration, here or in the cluster
     * @throws CacheException if it cannot be made
     * @throws IllegalArgumentException if the caches of this manager cannot be as it is configured
     */
    public <K, V> EngineCache<K, V> openCache(String cacheName, FyerConfiguration<K, V> configuration) {
        return open(cacheName, configuration, Opening.DEFINES);
    }

    /**
     * Returns the open cache of a name, opened now if the cluster of this manager has it; it is never defined.
     *
     * @param configuration as it is defined, which {@link io.fyercache.configuration.ReceivedSettings#forUse} reads
     * @throws CacheNotDefinedException if there is none, as when it was destroyed meanwhile
     * @throws CacheDiffersException if there is one of another configuration, here or in the cluster
     * @throws CacheException if it cannot be opened
     */
    public <K, V> EngineCache<K, V> openDefinedCache(String cacheName, FyerConfiguration<K, V> configuration) {
        return open(cacheName, configuration, Opening.FINDS);
    }

    private <K, V> EngineCache<K, V> open(String cacheName, FyerConfiguration<K, V> configuration, Opening opening) {
        synchronized (lifecycle) {
            requireOpen();
            EngineCache<?, ?> existing = caches.get(cacheName);
            if (existing == null) {
                return create(cacheName, configuration, opening);
            }
            List<String> differences =
                    configuration.differencesFrom(existing.lifecycle().configuration());
            if (!differences.isEmpty()) {
                throw new CacheDiffersException(cacheName, "in manager " + uri, differences);
            }
            @SuppressWarnings("unchecked") // equal configurations have the same types
            EngineCache<K, V> same = (EngineCache<K, V>) existing;
            return same;
        }
    }

    /**
     * Returns the configuration of a cache that whoever manages the process describes: see {@link ConfigurationFile#describe}.
     *
     * @throws io.fyercache.configuration.InvalidConfigurationException if the settings have faults; it lists all of them
     */
    public FyerConfiguration<?, ?> describe(String cacheName, String settings) {
        return file.describe(cacheName, settings, classLoader);
    }

    /**
     * Changes settings of a cache while it is used, as {@link FyerCache#adjust} does.
     *
     * @param settings those that are to change, as {@link LiveSettings#parse} reads them
     * @throws IllegalStateException if there is no open cache of that name
     */
    public void adjust(String cacheName, String settings) {
        requireCache(cacheName).adjust(LiveSettings.parse(settings, classLoader));
    }

    /** Makes a cache whose name is free. */
    private <K, V> EngineCache<K, V> create(String name, FyerConfiguration<K, V> configuration, Opening opening) {
        provider.keep(this);
        EngineCache<K, V> cache = new EngineCache<>(this, name, configuration, opening);
        caches.put(name, cache);
        return cache;
    }

    @Override
    public <K, V> @Nullable Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
        requireOpen();
        Objects.requireNonNull(cacheName, "cacheName: null (expected: a name)");
        Objects.requireNonNull(keyType, "keyType: null (expected: a class)");
        Objects.requireNonNull(valueType, "valueType: null (expected: a class)");
        EngineCache<?, ?> cache = find(cacheName);
        if (cache == null) {
            return null;
        }
        Class<?> itsKeyType = cache.lifecycle().configuration().getKeyType();
        Class<?> itsValueType = cache.lifecycle().configuration().getValueType();
        if (itsKeyType != keyType || itsValueType != valueType) {
            throw new ClassCastException("cache '" + cacheName + "': from " + keyType.getName() + " to "
                    + valueType.getName() + " (expected: from " + itsKeyType.getName() + " to "
                    + itsValueType.getName() + ", as the cache is configured)");
        }
        @SuppressWarnings("unchecked") // just checked
        Cache<K, V> typed = (Cache<K, V>) cache;
        return typed;
    }

    /** Returns the cache of a name if it is open here, else null; makes none, whatever the configuration file has. */
    public @Nullable EngineCache<?, ?> openedCache(String cacheName) {
        requireOpen();
        return caches.get(Objects.requireNonNull(cacheName, "cacheName: null (expected: a name)"));
    }

    /** Returns a cache without any check of its types, as JSR-107 has it since 1.1. */
    // The caller vouches for the types.
    @SuppressWarnings("unchecked")
    @Override
    public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
        requireOpen();
        Objects.requireNonNull(cacheName, "cacheName: null (expected: a name)");
        return (Cache<K, V>) find(cacheName);
    }

    /** Returns the open cache of this name, made now if a pattern of the configuration file matches it; else null. */
    private @Nullable EngineCache<?, ?> find(String name) {
        EngineCache<?, ?> cache = caches.get(name);
        if (cache != null) {
            return cache;
        }
        FyerConfiguration<?, ?> template = file.templateFor(name).orElse(null);
        if (template == null) {
            return null;
        }
        synchronized (lifecycle) {
            requireOpen();
            EngineCache<?, ?> existing = caches.get(name);
            return existing != null ? existing : create(name, template, Opening.DEFINES);
        }
    }

    @Override
    public Iterable<String> getCacheNames() {
        requireOpen();
        return Collections.unmodifiableSet(new TreeSet<>(caches.keySet()));
    }

    @Override
    public void destroyCache(String cacheName) {
        requireOpen();
        Objects.requireNonNull(cacheName, "cacheName: null (expected: a name)");
        EngineCache<?, ?> cache = caches.get(cacheName);
        if (cache != null) {
            cache.lifecycle().end(CacheLifecycle.Entries.CLEARED);
        }
    }

    /**
     * Tells whether the caches of this manager can have a feature, which {@link FyerCachingProvider#isSupported} tells of the default manager
     * alone. Objects are kept by reference in this JVM only, so not where the entries are in a cluster.
     */
    public boolean isSupported(OptionalFeature optionalFeature) {
        return switch (optionalFeature) {
            case STORE_BY_REFERENCE -> engines.keeping() == CacheEngines.Keeping.OBJECTS;
        };
    }

    @Override
    public void enableManagement(String cacheName, boolean enabled) {
        requireCache(cacheName).lifecycle().setManagementEnabled(enabled);
    }

    @Override
    public void enableStatistics(String cacheName, boolean enabled) {
        requireCache(cacheName).lifecycle().setStatisticsEnabled(enabled);
    }

    private EngineCache<?, ?> requireCache(String name) {
        requireOpen();
        Objects.requireNonNull(name, "cacheName: null (expected: a name)");
        EngineCache<?, ?> cache = caches.get(name);
        if (cache == null) {
            throw new IllegalStateException("cache '" + name + "' is not open in manager " + uri + " (expected: one of "
                    + new TreeSet<>(caches.keySet()) + ")");
        }
        return cache;
    }

    @Override
    public CachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public ClassLoader getClassLoader() {
        return classLoader;
    }

    /** Returns a copy of the properties that this manager was made with. FyerCache itself takes no setting from them. */
    @Override
    public Properties getProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public void close() {
        List<EngineCache<?, ?>> open;
        synchronized (lifecycle) {
            if (closed) {
                return;
            }
            closed = true;
            open = new ArrayList<>(caches.values());
        }
        provider.forget(this);
        for (EngineCache<?, ?> cache : open) {
            try {
                cache.close();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, () -> "closing cache '" + cache.getName() + "' of manager " + uri, e);
            }
        }
        engines.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        T ofEngines = engines.as(type);
        return ofEngines != null ? ofEngines : Unwrapping.unwrap(this, type);
    }

    /**
     * Returns what is kept with this manager for those who use it, one of each type, for as long as it is referred to; made now if nobody has asked before.
     *
     * @param maker is called once at most, and must not ask the same manager for another one
     */
    public <T> T companion(Class<T> type, Supplier<T> maker) {
        return type.cast(companions.computeIfAbsent(type, first -> maker.get()));
    }

    @Override
    public String toString() {
        return "EngineCacheManager[" + uri + (closed ? ", closed]" : "]");
    }

    // ---- for its caches

    /** Frees the name of a cache that is closed. */
    void forget(EngineCache<?, ?> cache) {
        caches.remove(cache.getName(), cache);
    }

    CacheEngines engines() {
        return engines;
    }

    HoldWaits waits() {
        return waits;
    }

    Clock clock() {
        return clock;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "cache manager " + uri + " is closed (expected: open); get a new one from its caching provider");
        }
    }
}
