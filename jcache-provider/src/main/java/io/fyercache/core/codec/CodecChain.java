package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into self-describing bytes and back, and knows which values need no copy.
 *
 * <p>A value is encoded by the first {@link ValueCodec} that supports its class, else by the built-in form, else by Java
 * serialization behind the {@link ClassFilter}. The first byte says which it was, so decoding asks no class.
 *
 * <p>Thread-safe. It refers to the class loader weakly, and nothing static refers to a class of it; codecs that came from
 * the loader do refer to it, and with them the chain.
 */
public final class CodecChain {
    /** Characters. Short, because the name stands in front of every value of the codec. */
    public static final int MAX_CODEC_NAME_LENGTH = 32;

    private static final Pattern CODEC_NAME = Pattern.compile("[a-z0-9._-]{1," + MAX_CODEC_NAME_LENGTH + "}");

    private final Map<String, ValueCodec> codecs;
    private final ClassResolver resolver;
    private final BuiltInCodec builtIn;
    private final FilteredJavaCodec java;
    private final Immutability immutability = new Immutability();
    /** The codec of a class in a list, which is empty if there is none. */
    private final ClassValue<List<ValueCodec>> codecOfClass = new ClassValue<>() {
        @Override
        protected List<ValueCodec> computeValue(Class<?> type) {
            return codecs.values().stream()
                    .filter(codec -> codec.supports(type))
                    .limit(1)
                    .toList();
        }
    };

    private CodecChain(ClassLoader loader, ClassFilter filter, Map<String, ValueCodec> codecs) {
        this.codecs = codecs;
        this.resolver = new ClassResolver(loader, filter);
        this.builtIn = new BuiltInCodec(resolver);
        this.java = new FilteredJavaCodec(resolver);
    }

    /**
     * Creates a chain with the codecs that {@link ServiceLoader} finds through the class loader.
     *
     * @param loader resolves the classes of values
     * @throws IllegalArgumentException if a codec's name is ill-formed or used twice
     * @throws CodecException if a codec that is registered as a service cannot be created
     */
    public static CodecChain of(ClassLoader loader, ClassFilter filter) {
        try {
            return of(
                    loader,
                    filter,
                    ServiceLoader.load(ValueCodec.class, loader).stream()
                            .map(ServiceLoader.Provider::get)
                            .toList());
        } catch (ServiceConfigurationError e) {
            throw new CodecException(
                    "a ValueCodec of META-INF/services could not be created (expected: a public class with a public"
                            + " no-argument constructor); correct or remove the registration",
                    e);
        }
    }

    /**
     * Creates a chain with the given codecs, asked in their order.
     *
     * @param loader resolves the classes of values
     * @throws IllegalArgumentException if a codec's name is ill-formed or used twice
     */
    public static CodecChain of(ClassLoader loader, ClassFilter filter, List<ValueCodec> codecs) {
        Objects.requireNonNull(loader, "loader");
        Objects.requireNonNull(filter, "filter");
        Map<String, ValueCodec> byName = new LinkedHashMap<>();
        for (ValueCodec codec : codecs) {
            String name = codec.name();
            if (!CODEC_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("codec name: '" + name + "' of "
                        + codec.getClass().getName() + " (expected: 1.." + MAX_CODEC_NAME_LENGTH
                        + " of the characters a-z 0-9 - . _)");
            }
            ValueCodec other = byName.put(name, codec);
            if (other != null) {
                throw new IllegalArgumentException("codec name: '" + name + "' of "
                        + codec.getClass().getName() + " and of "
                        + other.getClass().getName()
                        + " (expected: a name of its own for each codec); remove one of them");
            }
        }
        return new CodecChain(loader, filter, byName);
    }

    /**
     * Encodes a value with everything it refers to.
     *
     * @throws CodecException if its class, or that of an object it refers to, is refused, cannot be found by the class loader
     *     or cannot be serialized, if it exceeds a limit, or if it is changed meanwhile. Nothing is left behind.
     */
    public byte[] encode(Object value) {
        Objects.requireNonNull(value, "value");
        if (!codecs.isEmpty()) {
            List<ValueCodec> codec = codecOfClass.get(value.getClass());
            if (!codec.isEmpty()) {
                return encodeBy(codec.get(0), value);
            }
        }
        try {
            byte[] bytes = builtIn.encode(value);
            return bytes != null ? bytes : java.encode(value);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw notEncoded(value, e);
        }
    }

    /** Says what is wrong with a value that made its encoder fail. */
    private static CodecException notEncoded(Object value, Throwable failure) {
        String type = value.getClass().getName();
        // No code of the value's runs in the built-in form, so a collection failed in the hands of two threads.
        return failure instanceof RuntimeException
                ? new CodecException(
                        "a value of class " + type + " was changed while it was encoded"
                                + " (expected: that nobody changes a value during the call); hand over a copy",
                        failure)
                : new CodecException(
                        "a value of class " + type + " could not be encoded (expected: all classes that it"
                                + " names on the class path, and a maxDepth that the thread's stack bears): "
                                + failure.getClass().getName(),
                        failure);
    }

    /**
     * Encodes a key, so that two keys are equal if and only if their bytes are: in a cluster bytes are what a key is known by.
     *
     * @throws CodecException if that cannot be said of its class, or of that of an object it refers to: of one that has no {@code equals}, is an
     *     array or a collection, or is left to Java serialization; and as {@link #encode} does
     */
    public byte[] encodeKey(Object key) {
        Objects.requireNonNull(key, "key");
        List<ValueCodec> codec = codecs.isEmpty() ? List.of() : codecOfClass.get(key.getClass());
        if (!codec.isEmpty()) {
            if (!codec.get(0).encodesEqualValuesAlike()) {
                throw new CodecException("a key of class " + key.getClass().getName() + ", which codec '"
                        + codec.get(0).name() + "' encodes (expected: a codec that encodesEqualValuesAlike);"
                        + " use keys of another class, or have the codec say so if it does");
            }
            return encodeBy(codec.get(0), key);
        }
        byte[] bytes;
        try {
            bytes = builtIn.encodeKey(key);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw notEncoded(key, e);
        }
        if (bytes == null) {
            throw new CodecException("a key of class " + key.getClass().getName()
                    + " (expected: a class with a compact form): Java serialization may write equal objects differently;"
                    + " use a String, a number, a UUID, an enum, a date or time, or a serializable record of these");
        }
        return bytes;
    }

    private byte[] encodeBy(ValueCodec codec, Object value) {
        byte[] payload;
        try {
            payload = codec.encode(value);
        } catch (RuntimeException e) {
            throw new CodecException(
                    "codec '" + codec.name() + "' failed to encode a value of class "
                            + value.getClass().getName() + " (expected: that it encodes the classes it supports)",
                    e);
        }
        byte[] name = codec.name().getBytes(StandardCharsets.ISO_8859_1);
        ByteSink sink = new ByteSink(2 + name.length + payload.length, maxBytes(), CodecException::tooLong);
        sink.writeByte(Tag.NAMED_CODEC);
        sink.writeByte(name.length);
        sink.writeBytes(name);
        sink.writeBytes(payload);
        return sink.toBytes();
    }

    /**
     * Decodes bytes that {@link #encode} of this or another chain returned. The bytes may come from anywhere.
     *
     * @throws CodecException if the bytes are damaged, exceed a limit, name a codec that is not in this chain, or name a class
     *     that is refused, unknown, or of another shape than the one encoded
     */
    public Object decode(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > maxBytes()) {
            throw new CodecException("an encoded value of " + bytes.length + " bytes (expected: 1.." + maxBytes()
                    + " bytes); raise maxBytes if it was longer");
        }
        try {
            return switch (bytes[0]) {
                case Tag.JAVA_SERIALIZATION -> java.decode(bytes, 1);
                case Tag.NAMED_CODEC -> decodeByName(bytes);
                default -> builtIn.decode(new ByteSource(bytes, CodecException::damagedValue));
            };
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Constructors of records, factories of the JDK, and hashCode and compareTo of keys judge what they are
            // given.
            throw new CodecException(
                    "damaged value: the bytes do not form a value that its classes accept (expected: bytes that encode"
                            + " returned): " + e.getClass().getName(),
                    e);
        }
    }

    private Object decodeByName(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, CodecException::damagedValue);
        source.skip(1);
        byte[] nameBytes = source.readBytes(source.readByte());
        String name = new String(nameBytes, StandardCharsets.ISO_8859_1);
        if (!CODEC_NAME.matcher(name).matches()) {
            throw source.damaged("the name of a codec of " + nameBytes.length + " bytes (expected: a-z 0-9 - . _)");
        }
        ValueCodec codec = codecs.get(name);
        if (codec == null) {
            throw new CodecException("no codec '" + name + "' (found: " + codecs.keySet()
                    + "); add the library that registers it to the class path");
        }
        @Nullable Object value;
        try {
            value = codec.decode(source.readSlice(source.remaining()), resolver.loader());
        } catch (RuntimeException e) {
            throw new CodecException("codec '" + name + "' failed to decode (expected: bytes that it encoded)", e);
        }
        if (value == null) {
            throw new CodecException("codec '" + name + "' decoded null (expected: a value)");
        }
        return value;
    }

    /**
     * Tells whether bytes of {@link #encode} are those of a string, a number, a date, a time or another single value of the JDK, in the built-in
     * form. Two such values are equal if and only if their bytes are, and comparing them runs no other code than the JDK's.
     */
    public static boolean isSingleValue(byte[] encoded) {
        return encoded.length > 0 && Tag.isSingleValue(encoded[0]);
    }

    private int maxBytes() {
        return resolver.filter().limits().maxBytes();
    }

    /** Whether nobody can change the value or anything it refers to, so that a store by value may keep and return it as is. */
    public boolean isImmutable(Object value) {
        return value instanceof String || value instanceof Long || immutability.holdsFor(value);
    }

    /** Whether {@link #isImmutable} holds for every value that a variable of the type can have. */
    public static boolean isImmutableType(Class<?> type) {
        return Immutability.holdsForAll(type);
    }

    /**
     * The value itself if it is immutable, else what its bytes decode to.
     *
     * @throws CodecException as {@link #encode} and {@link #decode} do
     */
    public Object copy(Object value) {
        return isImmutable(value) ? value : decode(encode(value));
    }
}
