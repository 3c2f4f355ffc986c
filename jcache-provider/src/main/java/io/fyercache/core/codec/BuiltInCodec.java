package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * The compact form of common JDK types, enums, serializable records, and classes that leave their serialization to the
 * default. Thread-safe.
 *
 * <p>A round trip yields what one through Java serialization would, an object that occurs twice and cycles included. What the
 * form cannot hold that way it declines as a whole, so that identity never breaks at a border between two forms.
 * Two freedoms are taken: equal immutable values (strings, numbers, times) need not stay the same object, and what
 * {@link CollectionForms} says of {@code LinkedHashMap}.
 */
final class BuiltInCodec {
    private static final int LEAF_SIZE = 24;
    /** Bytes that tag and length of an array or string take at most. */
    private static final int HEADER_SIZE = 6;

    private final FormTable forms;
    private final KeyClasses keys = new KeyClasses();
    private final CodecLimits limits;

    BuiltInCodec(ClassResolver resolver) {
        this.forms = new FormTable(resolver);
        this.limits = resolver.filter().limits();
    }

    /**
     * The bytes of the value, or null if this form cannot hold it.
     *
     * @throws CodecException if the value exceeds a limit or contains an object of a class that is refused
     */
    byte @Nullable [] encode(Object value) {
        return encode(value, null);
    }

    /**
     * The bytes of the key, or null if this form cannot hold it; keys are equal if and only if these are.
     *
     * @throws CodecException if the key, or something it refers to, is of a class of which that cannot be said; and as {@link #encode}
     */
    byte @Nullable [] encodeKey(Object key) {
        return encode(key, keys);
    }

    private byte @Nullable [] encode(Object value, @Nullable KeyClasses classes) {
        Form form = forms.of(value.getClass());
        if (form == FormTable.NONE) {
            return null;
        }
        ClassLayout layout = form instanceof ClassLayout known ? known : null;
        ValueWriter out = new ValueWriter(forms, limits, classes, layout == null ? sizeOf(value) : layout.sizeHint());
        try {
            out.writeValue(value);
        } catch (Declined e) {
            return null;
        }
        byte[] bytes = out.sink.toBytes();
        if (layout != null) {
            layout.noteSize(bytes.length);
        }
        return bytes;
    }

    private static int sizeOf(Object value) {
        if (value instanceof String string) {
            return Math.min(string.length(), CodecLimits.DEFAULT_MAX_BYTES) + HEADER_SIZE;
        }
        return value instanceof byte[] bytes ? bytes.length + HEADER_SIZE : LEAF_SIZE;
    }

    /**
     * The value of bytes that {@link #encode} returned.
     *
     * @throws CodecException if the bytes are damaged, exceed a limit, or name a class that is refused, unknown or changed
     */
    Object decode(ByteSource source) {
        Object value = new ValueReader(forms, limits, source).readValue();
        if (value == null) {
            throw source.damaged("a null (expected: a value)");
        }
        if (source.remaining() > 0) {
            throw source.damaged("the end of the value (expected: the end of the bytes)");
        }
        return value;
    }
}
