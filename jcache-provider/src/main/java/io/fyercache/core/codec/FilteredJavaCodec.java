package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization behind a {@link ClassFilter}: the one place of the code base that opens an object stream. Thread-safe.
 *
 * <p>A value is checked when it is written as well, so that nothing is accepted which could not be read again, as far as
 * {@link CodecLimits} says. Dynamic proxies are refused in both directions: they exist to invoke what the stream tells them to.
 */
final class FilteredJavaCodec {
    private static final int INITIAL_CAPACITY = 512;
    private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                    boolean.class,
                    byte.class,
                    char.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, type -> type));

    private final ClassResolver resolver;
    private final CodecLimits limits;

    FilteredJavaCodec(ClassResolver resolver) {
        this.resolver = resolver;
        this.limits = resolver.filter().limits();
    }

    /**
     * The bytes of the value behind {@link Tag#JAVA_SERIALIZATION}.
     *
     * @throws CodecException if the value, or something it refers to, is not serializable, is refused, or fails
     */
    byte[] encode(Object value) {
        ByteSink sink = new ByteSink(INITIAL_CAPACITY, limits.maxBytes(), CodecException::tooLong);
        sink.writeByte(Tag.JAVA_SERIALIZATION);
        try (ObjectOutputStream out = new CheckedOutputStream(new SinkStream(sink))) {
            out.writeObject(value);
        } catch (NotSerializableException e) {
            throw new CodecException(
                    "class " + OffendingField.describe(value, String.valueOf(e.getMessage()))
                            + " is not serializable (expected: java.io.Serializable, which storing by value needs);"
                            + " implement it, make the field transient, register a ValueCodec or store by reference",
                    e);
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new CodecException(
                    "a value of class " + value.getClass().getName() + " could not be serialized (expected: that its"
                            + " serialization succeeds): " + e.getClass().getName(),
                    e);
        }
        return sink.toBytes();
    }

    /**
     * The value of a stream that starts at an offset.
     *
     * @throws CodecException if the stream is damaged, exceeds a limit, or names a class that is refused or unknown
     */
    Object decode(byte[] bytes, int offset) {
        StreamFilter filter = new StreamFilter(bytes.length - offset);
        Object value;
        try (ObjectInputStream in =
                new ResolvingInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset), filter)) {
            value = in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError | StackOverflowError e) {
            if (e instanceof CodecException refused) {
                throw refused;
            }
            String reason = filter.refusal();
            throw new CodecException(
                    reason != null
                            ? reason
                            : "a Java serialization stream could not be read (expected: one that this codec wrote): "
                                    + e.getClass().getName(),
                    e);
        }
        if (value == null) {
            throw new CodecException(
                    "a Java serialization stream held null (expected: a value); the bytes are damaged");
        }
        return value;
    }

    /** Writes into a sink, and so up to the limit. */
    private static final class SinkStream extends OutputStream {
        private final ByteSink sink;

        SinkStream(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            sink.writeByte(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            sink.writeBytes(bytes, offset, count);
        }
    }

    /** Asks about each class when its description is written, which is once per stream, and counts the objects. */
    private final class CheckedOutputStream extends ObjectOutputStream {
        private int references;

        CheckedOutputStream(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        /** Replaces nothing; it is the one place that sees every object. */
        @Override
        protected Object replaceObject(Object object) {
            if (++references > limits.maxReferences()) {
                throw new CodecException(tooManyReferences());
            }
            if (object.getClass().isArray() && !(object instanceof byte[])) {
                String objection = objectionToLength(Array.getLength(object));
                if (objection != null) {
                    throw new CodecException(objection);
                }
            }
            return object;
        }

        @Override
        protected void annotateClass(Class<?> type) {
            // A failed write ends with the exception itself in the stream; to refuse that would hide the failure.
            if (!ObjectStreamException.class.isAssignableFrom(type)) {
                resolver.requireEncodable(type);
            }
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            throw proxyRefused();
        }
    }

    private String tooManyReferences() {
        return "the value refers to more objects than maxReferences: " + limits.maxReferences()
                + " (expected: at most that many); raise the limit or cache smaller values";
    }

    private @Nullable String objectionToLength(long length) {
        return length <= limits.maxArrayLength()
                ? null
                : "the value holds an array or collection of " + length
                        + " elements (expected: at most maxArrayLength: " + limits.maxArrayLength()
                        + "); raise the limit or cache smaller values";
    }

    private static CodecException proxyRefused() {
        return new CodecException(
                "a dynamic proxy (expected: an object of a class); register a ValueCodec for its class or store by reference");
    }

    private final class ResolvingInputStream extends ObjectInputStream {
        ResolvingInputStream(ByteArrayInputStream in, StreamFilter filter) throws IOException {
            super(in);
            ObjectInputFilter ofTheJvm = getObjectInputFilter();
            // Setting a filter replaces the one of the JVM (JEP 290), which its owner would not expect.
            setObjectInputFilter(ofTheJvm == null ? filter : ObjectInputFilter.merge(filter, ofTheJvm));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws InvalidClassException {
            Class<?> primitive = PRIMITIVES.get(description.getName());
            return primitive != null ? primitive : resolver.resolve(description.getName());
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) {
            throw proxyRefused();
        }
    }

    /** The filter of one stream. Used by one thread. */
    private final class StreamFilter implements ObjectInputFilter {
        /**
         * Elements that a stream may announce per byte it has. An element takes a byte at least; a hash table announces up to
         * eight slots for an element that takes six bytes or more.
         */
        private static final int ANNOUNCED_PER_BYTE = 2;

        /** Elements that an announcement may exceed the bytes by, for the minimum sizes of hash tables and queues. */
        private static final int SLACK = 64;

        private final int streamLength;
        private long announced;
        private @Nullable String refusal;

        StreamFilter(int streamLength) {
            this.streamLength = streamLength;
        }

        /** Why the stream was refused, or null. */
        @Nullable
        String refusal() {
            return refusal;
        }

        @Override
        public Status checkInput(FilterInfo info) {
            String objection = objection(info);
            if (objection == null) {
                return info.serialClass() == null ? Status.UNDECIDED : Status.ALLOWED;
            }
            refusal = objection;
            return Status.REJECTED;
        }

        private @Nullable String objection(FilterInfo info) {
            if (info.depth() > limits.maxDepth()) {
                return "the value nests deeper than maxDepth: " + limits.maxDepth()
                        + " (expected: at most that many objects in each other); raise the limit or cache flatter values";
            }
            if (info.references() > limits.maxReferences()) {
                return tooManyReferences();
            }
            Class<?> type = info.serialClass();
            if (type == null) {
                return null;
            }
            return info.arrayLength() >= 0
                    ? objectionToArray(type, info.arrayLength())
                    : resolver.filter().objection(type);
        }

        /** Judges an array, or the table of a collection, that is about to be allocated. */
        private @Nullable String objectionToArray(Class<?> type, long length) {
            String objection = type == byte[].class ? null : objectionToLength(length);
            if (objection != null) {
                return objection;
            }
            announced += Math.max(0, length - SLACK);
            if (announced > (long) ANNOUNCED_PER_BYTE * streamLength) {
                return "damaged value: arrays of " + announced + " elements in " + streamLength
                        + " bytes (expected: as many as fit)";
            }
            return resolver.filter().objection(type);
        }
    }
}
