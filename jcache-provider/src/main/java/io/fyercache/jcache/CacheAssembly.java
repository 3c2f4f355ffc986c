package io.fyercache.jcache;

import io.fyercache.configuration.ClassAdmission;
import io.fyercache.configuration.EntryWeigher;
import io.fyercache.configuration.EvictionListener;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LoadOptions;
import io.fyercache.configuration.Serialization;
import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecException;
import io.fyercache.core.codec.CodecLimits;
import io.fyercache.core.codec.ValueCodec;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EvictionObserver;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.jcache.copy.ByReference;
import io.fyercache.jcache.copy.ByValue;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.jcache.integration.LoaderBridge;
import io.fyercache.jcache.integration.UserObjects;
import io.fyercache.jcache.integration.WriterBridge;
import io.fyercache.jcache.processor.PortableProcessors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** Turns a cache's configuration into what its engine must know, and has the user's factories make their objects on the way. */
final class CacheAssembly {
    private final String cacheName;
    private final FyerConfiguration<?, ?> configuration;
    private final EntryForm form;
    private final UserObjects userObjects;

    /**
     * Prepares the assembly of a cache.
     *
     * @param userObjects keeps what the factories make
     */
    CacheAssembly(String cacheName, FyerConfiguration<?, ?> configuration, EntryForm form, UserObjects userObjects) {
        this.cacheName = cacheName;
        this.configuration = configuration;
        this.form = form;
        this.userObjects = userObjects;
    }

    /**
     * Returns how a cache keeps its entries.
     *
     * @param keeping what the engine can keep
     * @param classLoader finds the classes of what is decoded, and the codecs
     * @throws CacheException if a codec is asked for that is not there, or cannot be made
     * @throws UnsupportedOperationException if the entries are to be kept by reference, and the engine keeps only bytes
     */
    static EntryForm formOf(
            String cacheName,
            FyerConfiguration<?, ?> configuration,
            CacheEngines.Keeping keeping,
            ClassLoader classLoader) {
        boolean bytesOnly = keeping == CacheEngines.Keeping.BYTES;
        if (!configuration.isStoreByValue()) {
            if (bytesOnly) {
                throw new UnsupportedOperationException("cache '" + cacheName
                        + "': storeByValue: false (expected: true, as the entries are kept in other JVMs);"
                        + " set it to true, or use a local cache manager");
            }
            return ByReference.INSTANCE;
        }
        CodecChain codec = codecOf(cacheName, configuration.serialization(), classLoader);
        return bytesOnly ? new Encoded(cacheName, codec) : new ByValue(cacheName, codec, configuration.getValueType());
    }

    private static CodecChain codecOf(String cacheName, Serialization serialization, ClassLoader classLoader) {
        CodecLimits limits = new CodecLimits(
                serialization.maxDepth(),
                serialization.maxReferences(),
                Math.toIntExact(serialization.maxBytes()),
                serialization.maxArrayLength());
        ClassFilter.Mode mode = serialization.admission() == ClassAdmission.ALLOW_LIST
                ? ClassFilter.Mode.LISTED_ONLY
                : ClassFilter.Mode.APPLICATION_CLASSES;
        try {
            return CodecChain.of(
                    classLoader,
                    ClassFilter.of(mode, serialization.allowedClasses(), limits),
                    inOrder(cacheName, serialization.codecs(), classLoader));
        } catch (CodecException | IllegalArgumentException | ServiceConfigurationError e) {
            throw new CacheException("cache '" + cacheName + "': its codecs cannot be used: " + e.getMessage(), e);
        }
    }

    /** Returns the codecs that are installed, those with {@code preferred} names first and in that order. */
    private static List<ValueCodec> inOrder(String cacheName, List<String> preferred, ClassLoader classLoader) {
        List<ValueCodec> codecs = new ArrayList<>();
        ServiceLoader.load(ValueCodec.class, classLoader).forEach(codecs::add);
        List<String> found = codecs.stream().map(ValueCodec::name).toList();
        for (String name : preferred) {
            if (!found.contains(name)) {
                throw new CacheException("cache '" + cacheName + "': serialization.codecs: " + name
                        + " (expected: one of those found, " + found
                        + "); add the library that registers it to the class path");
            }
        }
        codecs.sort(Comparator.comparingInt(codec -> {
            int rank = preferred.indexOf(codec.name());
            return rank < 0 ? preferred.size() : rank;
        }));
        return codecs;
    }

    /**
     * Makes the user's objects and returns what the engine must know.
     *
     * @throws CacheException if a factory fails; what the others made is kept by the user objects, to be closed by the caller
     */
    CacheDefinition define(ChangeListeners listeners) {
        return new CacheDefinition(
                cacheName,
                form,
                form instanceof Encoded encoded
                        ? new PortableProcessors(encoded, configuration.getValueType())
                        : ProcessForm.NONE,
                PolicyExpiry.of(cacheName, userObjects.make("expiry policy", configuration.getExpiryPolicyFactory())),
                bounds(),
                loader(),
                configuration.isReadThrough() ? CacheDefinition.Reading.THROUGH : CacheDefinition.Reading.CACHE_ONLY,
                settings(configuration.loadOptions()),
                writer(),
                listeners,
                evictions());
    }

    private @Nullable EntryLoader loader() {
        Factory<? extends CacheLoader<?, ?>> factory = configuration.getCacheLoaderFactory();
        return factory == null
                ? null
                : new LoaderBridge(cacheName, userObjects.make("loader", factory), form, configuration.getValueType());
    }

    private @Nullable WriterBridge writer() {
        Factory<? extends CacheWriter<?, ?>> factory = configuration.getCacheWriterFactory();
        if (factory == null) {
            return null;
        }
        CacheWriter<?, ?> writer = userObjects.make("writer", factory);
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
        EntryWeigher<Object, Object> weigher = (EntryWeigher<Object, Object>)
                userObjects.make("weigher", configuration.weigher().orElseThrow());
        return new Bounds(
                configuration.maximumWeight().getAsLong(),
                (key, value) -> weigher.weigh(form.keyToUser(key), form.toUser(value)));
    }

    private @Nullable EvictionObserver evictions() {
        if (configuration.evictionListener().isEmpty()) {
            return null;
        }
        @SuppressWarnings("unchecked") // the configuration's type parameters hold for its listener
        EvictionListener<Object, Object> listener = (EvictionListener<Object, Object>) userObjects.make(
                "eviction listener", configuration.evictionListener().get());
        return (key, value) -> listener.onEviction(form.keyToUser(key), form.toUser(value));
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

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toMillis();
    }
}
