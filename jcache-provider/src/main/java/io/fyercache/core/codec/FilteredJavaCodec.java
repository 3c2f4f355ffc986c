package io.fyercache.core.codec;

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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization behind a {@link ClassFilter}: the one place of the code base that opens an object stream. Thread-safe.
 *
 * <p>A class is refused when it is written as well, so that nothing is accepted which could not be read again. Depth is the
 * exception: a stream does not tell how deep it is while it is written, so a value nested too deep is refused when it is
 * read. Dynamic proxies are refused in both directions: they exist to invoke what the stream tells them to.
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
        ByteSink sink = new ByteSink(INITIAL_CAPACITY, limits.maxBytes());
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
        sink.checkLength();
        return sink.toBytes();
    }

    /**
     * The value of a stream that starts at an offset.
     *
     * @throws CodecException if the stream is damaged, exceeds a limit, or names a class that is refused or unknown
     */
    Object decode(byte[] bytes, int offset) {
        StreamFilter filter = new StreamFilter(resolver.filter(), bytes.length - offset);
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

    /** Asks about each class when its description is written, which is once per stream. */
    private final class CheckedOutputStream extends ObjectOutputStream {
        CheckedOutputStream(OutputStream out) throws IOException {
            super(out);
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
    private static final class StreamFilter implements ObjectInputFilter {
        /**
         * Elements that a stream may announce per byte it has. An element takes a byte at least; a hash table announces up to
         * eight slots for an element that takes six bytes or more.
         */
        private static final int ANNOUNCED_PER_BYTE = 2;

        /** Elements that an announcement may exceed the bytes by, for the minimum sizes of hash tables and queues. */
        private static final int SLACK = 64;

        private final ClassFilter filter;
        private final CodecLimits limits;
        private final int streamLength;
        private long announced;
        private @Nullable String refusal;

        StreamFilter(ClassFilter filter, int streamLength) {
            this.filter = filter;
            this.limits = filter.limits();
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
                return "the value nests deeper than maxDepth: " + limits.maxDepth() + "; raise the limit";
            }
            if (info.references() > limits.maxReferences()) {
                return "the value refers to more objects than maxReferences: " + limits.maxReferences()
                        + "; raise the limit";
            }
            Class<?> type = info.serialClass();
            if (type == null) {
                return null;
            }
            return info.arrayLength() >= 0 ? objectionToArray(type, info.arrayLength()) : filter.objection(type);
        }

        /** Judges an array, or the table of a collection, that is about to be allocated. */
        private @Nullable String objectionToArray(Class<?> type, long length) {
            if (type != byte[].class && length > limits.maxArrayLength()) {
                return "the value holds an array or collection of " + length
                        + " elements (expected: at most maxArrayLength: " + limits.maxArrayLength()
                        + "); raise the limit";
            }
            announced += Math.max(0, length - SLACK);
            if (announced > (long) ANNOUNCED_PER_BYTE * streamLength) {
                return "damaged value: arrays of " + announced + " elements in " + streamLength
                        + " bytes (expected: as many as fit)";
            }
            return filter.objection(type);
        }
    }
}
