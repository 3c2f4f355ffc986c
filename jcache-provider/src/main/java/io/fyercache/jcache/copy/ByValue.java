package io.fyercache.jcache.copy;

import io.fyercache.core.codec.CodecChain;
import java.util.Map;
import java.util.Objects;

/**
 * Store by value: users and cache share nothing that can be changed.
 *
 * <p>What is immutable is kept as it is, since a copy of it would be the same thing again. Any other value is kept encoded and decoded
 * for each reader, so that a {@code byte[]} in the store is always an encoded value and never a user's. Any other key is kept as a
 * private copy, because it must be compared with those that users ask for.
 *
 * <p>Where the configured type says that every value is immutable, none is looked at when it is read: to ask a value what it is
 * can take longer than to find it.
 */
public final class ByValue implements EntryForm {
    private final String cacheName;
    private final CodecChain chain;
    private final CodecOfCache codec;
    private final Class<?> valueType;
    private final boolean valuesAreImmutable;

    /** Makes the form of a cache of values of {@code valueType}, whose keys and values {@code codec} encodes. */
    public ByValue(String cacheName, CodecChain codec, Class<?> valueType) {
        this.cacheName = cacheName;
        this.chain = codec;
        this.codec = new CodecOfCache(cacheName, () -> codec);
        this.valueType = valueType;
        this.valuesAreImmutable = CodecChain.isImmutableType(valueType);
    }

    @Override
    public Object keep(Object key) {
        return codec.copyKey(key);
    }

    @Override
    public Object keyToUser(Object kept) {
        return codec.copyKey(kept);
    }

    @Override
    public Object toStored(Object value) {
        if (chain.isImmutable(value)) {
            return value;
        }
        if (valuesAreImmutable) {
            // From a loader or an entry processor whose types were not checked by anyone.
            throw new ClassCastException("cache '" + cacheName + "': value: an instance of "
                    + value.getClass().getName() + " (expected: " + valueType.getName()
                    + ", as the cache is configured)");
        }
        return codec.encode("value", value);
    }

    @Override
    public Object toUser(Object stored) {
        return !valuesAreImmutable && stored instanceof byte[] encoded ? codec.decode("stored value", encoded) : stored;
    }

    @Override
    public Map<Object, Object> toUser(Map<Object, Object> stored) {
        if (!valuesAreImmutable) {
            stored.replaceAll((key, value) -> toUser(value));
        }
        return stored;
    }

    @Override
    public boolean sameValue(Object stored, Object other) {
        // Equal bytes are equal values; equal values may have different bytes, such as sets filled in another order.
        // Decoded arrays are compared by content, since their copies are never the same array.
        return Objects.deepEquals(stored, other) || Objects.deepEquals(toUser(stored), toUser(other));
    }
}
