package io.fyercache.jcache.copy;

import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecException;
import java.util.function.Supplier;
import javax.cache.CacheException;

/** The codec of one cache, whose failures say of which cache and of what in it. Thread-safe. */
final class CodecOfCache {
    private final String cacheName;
    private final Supplier<CodecChain> chain;

    CodecOfCache(String cacheName, Supplier<CodecChain> chain) {
        this.cacheName = cacheName;
        this.chain = chain;
    }

    Object copyKey(Object key) {
        return naming("key", () -> chain.get().copy(key));
    }

    byte[] encodeKey(Object key) {
        return naming("key", () -> chain.get().encodeKey(key));
    }

    /** Encodes what failures call {@code what}. */
    byte[] encode(String what, Object value) {
        return naming(what, () -> chain.get().encode(value));
    }

    /** Decodes what failures call {@code what}. */
    Object decode(String what, byte[] encoded) {
        return naming(what, () -> chain.get().decode(encoded));
    }

    private <T> T naming(String what, Supplier<T> step) {
        try {
            return step.get();
        } catch (CodecException e) {
            throw new CacheException("cache '" + cacheName + "': " + what + ": " + e.getMessage(), e);
        }
    }
}
