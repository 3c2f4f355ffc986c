package io.fyercache.core.codec;

import java.nio.ByteBuffer;

/**
 * Turns the values of the classes it supports into bytes and back, in place of the built-in forms.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader} through the class loader of the cache manager, or handed
 * to {@link CodecChain#of(ClassLoader, ClassFilter, java.util.List)}. The first codec that supports a value's class encodes
 * it. The bytes carry the codec's name; whoever decodes them needs a codec of that name.
 *
 * <p>Thread-safe: one instance serves all threads of all caches of a manager. It is asked for whole values only, never for
 * a part of one. Whatever bounds a decoder needs against hostile bytes are its own duty, save for the length of the whole.
 */
public interface ValueCodec {
    /**
     * The name written in front of the bytes: 1 to {@value CodecChain#MAX_CODEC_NAME_LENGTH} of the characters
     * {@code a-z 0-9 - . _}, unique in a chain, and never changed while encoded values exist.
     */
    String name();

    /** Whether this codec encodes values of exactly this class. Asked once per class; the answer must not change. */
    boolean supports(Class<?> type);

    /**
     * Encodes a value of a supported class.
     *
     * @throws RuntimeException if the value cannot be encoded; it reaches the caller as the cause of a
     *     {@link CodecException}
     */
    byte[] encode(Object value);

    /**
     * Decodes what {@link #encode} of the codec of the same name returned.
     *
     * @param bytes read-only; position to limit is the encoded value
     * @param loader the class loader of the cache manager, for codecs that resolve classes
     * @throws RuntimeException if the bytes are not understood; it reaches the caller as the cause of a
     *     {@link CodecException}
     */
    Object decode(ByteBuffer bytes, ClassLoader loader);

    /**
     * Whether equal values of the classes that this codec supports always have equal bytes, and others never, so that they can be keys of a
     * cache in a cluster. The answer must not change; false unless the codec says otherwise.
     */
    default boolean encodesEqualValuesAlike() {
        return false;
    }
}
