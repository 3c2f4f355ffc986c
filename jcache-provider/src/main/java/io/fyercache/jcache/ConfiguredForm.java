package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.Serialization;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecException;
import io.fyercache.core.codec.CodecLimits;
import io.fyercache.core.codec.ValueCodec;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.jcache.copy.ByReference;
import io.fyercache.jcache.copy.ByValue;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.jcache.copy.EntryForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.cache.CacheException;

/** How a cache keeps its entries, by what its configuration says and its engine can do. */
final class ConfiguredForm {
    private ConfiguredForm() {}

    /**
     * Returns how a cache keeps its entries.
     *
     * @param keeping what the engine can keep
     * @param classLoader finds the classes of what is decoded, and the codecs
     * @throws CacheException if a codec is asked for that is not there, or cannot be made
     * @throws UnsupportedOperationException if the entries are to be kept by reference, and the engine keeps only bytes
     */
    static EntryForm of(
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
        CodecChain codec = codec(cacheName, configuration.serialization(), classLoader);
        return bytesOnly ? new Encoded(cacheName, codec) : new ByValue(cacheName, codec, configuration.getValueType());
    }

    /**
     * Returns what encodes and decodes the keys and values of a cache.
     *
     * @param classLoader finds the classes of what is decoded, and the codecs
     * @throws CacheException if a codec is asked for that is not there, or cannot be made
     */
    static CodecChain codec(String cacheName, Serialization serialization, ClassLoader classLoader) {
        CodecLimits limits = new CodecLimits(
                serialization.maxDepth(),
                serialization.maxReferences(),
                Math.toIntExact(serialization.maxBytes()),
                serialization.maxArrayLength());
        try {
            return CodecChain.of(
                    classLoader,
                    serialization.classFilter(limits, List.of()),
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
}
