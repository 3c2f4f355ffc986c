package io.fyercache.jcache.copy;

import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.codec.CodecException;
import java.util.function.Supplier;
import javax.cache.CacheException;

/** The codec of one cache, whose failures say of which cache and of what in it. Thread-safe. */
final class CodecOfCache {
    private final String cacheName;
    private final CodecChain chain;

    CodecOfCache(String cacheName, CodecChain chain) {
        this.cacheName = cacheName;
        this.chain = chain;
    }

    CodecChain chain() {
        return chain;
    }

    Object copyKey(Object key) {
        return naming("key", () -> chain.copy(key));
    }

    byte[] encodeKey(Object key) {
        return naming("key", () -> chain.encodeKey(key));
    }

    /** Encodes what failures call {@code what}. */
    byte[] encode(String what, Object value) {
        return naming(what, () -> chain.encode(value));
    }

    /** Decodes what failures call {@code what}. */
    Object decode(String what, byte[] encoded) {
        return naming(what, () -> chain.decode(encoded));
    }

    private <T> T naming(String what, Supplier<T> step) {
        try {
            return step.get();
        } catch (CodecException e) {
            throw new CacheException("cache '" + cacheName + "': " + what + ": " + e.getMessage(), e);
        }
    }
}
