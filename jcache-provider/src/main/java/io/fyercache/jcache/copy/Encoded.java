package io.fyercache.jcache.copy;

import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.operation.EncodedForm;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.CacheException;

/**
 * Store by value where nothing but bytes can be kept, as in a cluster: every value is kept encoded, be it immutable or not, and every key
 * is known by its bytes.
 */
public final class Encoded implements EntryForm, EncodedForm {
    /** What failures call what user code threw. */
    private static final String FAILURE = "exception of user code";

    private final CodecOfCache codec;

    /** Makes the form of a cache whose keys and values {@code codec} encodes. */
    public Encoded(String cacheName, CodecChain codec) {
        this(cacheName, () -> codec);
    }

    /**
     * Makes the form of a cache of which nothing may ever have to be encoded or decoded here.
     *
     * @param codec returns what encodes and decodes; what it throws fails the operation that needs it
     */
    public Encoded(String cacheName, Supplier<CodecChain> codec) {
        this.codec = new CodecOfCache(cacheName, codec);
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
    public byte[] encodeKey(Object key) {
        return codec.encodeKey(key);
    }

    @Override
    public Object decodeKey(byte[] encoded) {
        return codec.decode("stored key", encoded);
    }

    @Override
    public byte[] encodeFailure(Throwable failure) {
        return codec.encode(FAILURE, failure);
    }

    @Override
    public Throwable decodeFailure(byte[] encoded) {
        Object decoded = codec.decode(FAILURE, encoded);
        if (decoded instanceof Throwable failure) {
            return failure;
        }
        throw new CacheException(FAILURE + ": an instance of "
                + decoded.getClass().getName() + " (expected: an exception, as a cache of the same kind sends)");
    }

    @Override
    public Object toStored(Object value) {
        return codec.encode("value", value);
    }

    @Override
    public Object toUser(Object stored) {
        return codec.decode("stored value", (byte[]) stored);
    }

    @Override
    public Map<Object, Object> toUser(Map<Object, Object> stored) {
        stored.replaceAll((key, value) -> toUser(value));
        return stored;
    }

    @Override
    public boolean sameValue(Object stored, Object other) {
        // Equal values may have different bytes, such as sets filled in another order.
        return Arrays.equals((byte[]) stored, (byte[]) other) || Objects.deepEquals(toUser(stored), toUser(other));
    }

    @Override
    public boolean asksUser(Object stored, Object other) {
        byte[] one = (byte[]) stored;
        byte[] two = (byte[]) other;
        return !Arrays.equals(one, two) && !(CodecChain.isSingleValue(one) && CodecChain.isSingleValue(two));
    }

    /**
     * Returns as bytes what goes to another process and is neither key nor value.
     *
     * @param what says in failures what that is
     * @throws javax.cache.CacheException if it cannot be encoded
     */
    public byte[] encode(String what, Object sent) {
        return codec.encode(what, sent);
    }

    /**
     * Returns what {@link #encode} made these bytes of.
     *
     * @param what says in failures what that is
     * @throws javax.cache.CacheException if the bytes cannot be read here
     */
    public Object decode(String what, byte[] encoded) {
        return codec.decode(what, encoded);
    }
}
