package io.fyercache.jcache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.configuration.ConfigurationFile;
import io.fyercache.configuration.ManagerLocation;
import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.LocalCacheEngines;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.invalidated.InvalidatingEngines;
import io.fyercache.core.invalidated.OwnBus;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The entrance: the provider that {@code Caching.getCachingProvider()} finds, and its managers, one for each URI and class loader.
 *
 * <p>A URI is a {@link ManagerLocation}, or of a scheme that another engine serves, such as {@code zk://host:port/cluster}. Null stands
 * for the default: {@code fyercache:default}, the class loader of this class, no properties.
 *
 * <p>Thread-safe. Closing it closes its managers; it can be used again afterwards. It keeps a manager, and with
 * it the class loader, from its first cache until it is closed; one that has had no cache is kept by whoever uses it.
 */
public final class FyerCachingProvider implements CachingProvider {
    private final Clock clock;
    private final EngineSchemes schemes;

    /** One for all managers: user code may use caches of several. */
    private final HoldWaits waits = new HoldWaits();

    /** Weak in both: a manager refers to its class loader, and is as easily forgotten as long as it has nothing to lose. */
    @GuardedBy("this")
    private final Map<ClassLoader, Map<URI, WeakReference<EngineCacheManager>>> managers = new WeakHashMap<>();

    /** The open managers that have, or had, a cache: these are not forgotten. Not guarded by this: they add themselves while locked. */
    private final Set<EngineCacheManager> kept = ConcurrentHashMap.newKeySet();

    /** Makes a provider; for {@link java.util.ServiceLoader}. */
    public FyerCachingProvider() {
        this(SystemClock.INSTANCE);
    }

    /** Makes a provider whose local caches tell the time by {@code clock}. */
    FyerCachingProvider(Clock clock) {
        this(clock, null);
    }

    /**
     * Makes a provider that has an engine which is not installed, such as that of a cluster in a test.
     *
     * @param clock tells the time of all caches
     * @param engines serves the managers of its scheme; null for none
     */
    public FyerCachingProvider(Clock clock, @Nullable CacheEngineProvider engines) {
        this.clock = clock;
        this.schemes = new EngineSchemes(engines);
    }

    /**
     * Returns the manager of a URI and class loader, made now if there is none.
     *
     * @param properties handed back by {@link CacheManager#getProperties()}; a manager that exists keeps those it was made with
     * @throws CacheException if the URI is none of ours, or the configuration file that it names is not there or has faults, or a cache
     *     that the file declares cannot be made; there is no such manager then
     */
    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
        ClassLoader loader = orDefault(classLoader);
        URI given = uri == null ? getDefaultURI() : uri;
        synchronized (this) {
            EngineCacheManager existing = find(loader, keyOf(given));
            return existing != null && !existing.isClosed() ? existing : open(given, loader, properties);
        }
    }

    @GuardedBy("this")
    private EngineCacheManager open(URI given, ClassLoader loader, @Nullable Properties properties) {
        CacheEngineProvider engineProvider = schemes.find(given, loader);
        URI key = engineProvider == null ? ManagerLocation.of(given).uri() : given;
        ConfigurationFile file =
                engineProvider == null ? ConfigurationFile.read(given, loader) : ConfigurationFile.none();
        URI place = file.cluster().orElse(given);
        CacheEngineProvider elsewhere = file.cluster().isPresent() ? schemes.require(place, loader) : engineProvider;
        CacheEngines engines = elsewhere == null
                ? inThisJvm(key.toString())
                : elsewhere.open(place, loader, waits, new ReceivedDefinitions(loader));
        Properties own = new Properties();
        if (properties != null) {
            own.putAll(properties);
        }
        EngineCacheManager manager = new EngineCacheManager(this, key, loader, own, file, engines, waits, clock);
        // Before its caches are made: a factory of theirs may ask for the manager.
        managers.computeIfAbsent(loader, absent -> new HashMap<>()).put(key, new WeakReference<>(manager));
        try {
            manager.createDeclaredCaches();
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
        return manager;
    }

    private CacheEngines inThisJvm(String managerName) {
        LocalCacheEngines local = new LocalCacheEngines(
                managerName, clock, waits, () -> ThreadLocalRandom.current().nextDouble());
        return new InvalidatingEngines(managerName, local, clock, OwnBus.NONE);
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        return getCacheManager(uri, classLoader, null);
    }

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        return FyerCachingProvider.class.getClassLoader();
    }

    @Override
    public URI getDefaultURI() {
        return ManagerLocation.DEFAULT_URI;
    }

    /** Returns no properties: FyerCache takes its settings from configurations and files. */
    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    /**
     * Tells whether the caches of the default manager can have a feature. Objects are kept by reference in this JVM alone, so not where the
     * default configuration file names a cluster. Of another manager it says nothing: {@link CacheManager#createCache} refuses what cannot be.
     *
     * @throws CacheException if there is a default configuration file that cannot be read, or has faults
     */
    @Override
    public boolean isSupported(OptionalFeature optionalFeature) {
        return switch (optionalFeature) {
            case STORE_BY_REFERENCE ->
                ConfigurationFile.read(getDefaultURI(), getDefaultClassLoader())
                        .cluster()
                        .isEmpty();
        };
    }

    @Override
    public void close() {
        List<EngineCacheManager> all = new ArrayList<>();
        synchronized (this) {
            managers.values().forEach(ofLoader -> all.addAll(open(ofLoader)));
        }
        all.forEach(EngineCacheManager::close);
    }

    @Override
    public void close(@Nullable ClassLoader classLoader) {
        List<EngineCacheManager> ofLoader;
        synchronized (this) {
            ofLoader = open(managers.getOrDefault(orDefault(classLoader), Map.of()));
        }
        ofLoader.forEach(EngineCacheManager::close);
    }

    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        EngineCacheManager manager;
        synchronized (this) {
            manager = find(orDefault(classLoader), uri == null ? getDefaultURI() : keyOf(uri));
        }
        if (manager != null) {
            manager.close();
        }
    }

    @GuardedBy("this")
    private @Nullable EngineCacheManager find(ClassLoader loader, URI key) {
        WeakReference<EngineCacheManager> found =
                managers.getOrDefault(loader, Map.of()).get(key);
        return found == null ? null : found.get();
    }

    private static List<EngineCacheManager> open(Map<URI, WeakReference<EngineCacheManager>> ofLoader) {
        return ofLoader.values().stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Keeps a manager that is about to have a cache until it is closed. */
    void keep(EngineCacheManager manager) {
        kept.add(manager);
    }

    /** Takes a closed manager out; the next one of its URI and class loader is a new one. */
    synchronized void forget(EngineCacheManager manager) {
        kept.remove(manager);
        managers.values().forEach(ofLoader -> ofLoader.values().removeIf(each -> each.refersTo(manager)));
        managers.values().removeIf(Map::isEmpty);
    }

    /** Returns what the manager of a URI goes by, if there could be one. */
    private static URI keyOf(URI uri) {
        try {
            return ManagerLocation.of(uri).uri();
        } catch (CacheException e) {
            return uri; // Of another engine's scheme, or of nobody's.
        }
    }

    private ClassLoader orDefault(@Nullable ClassLoader classLoader) {
        return classLoader == null ? getDefaultClassLoader() : classLoader;
    }
}
