package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value and all it refers to within the limits. Used by one thread for one value.
 *
 * <p>Memory is bounded before it is allocated: every element that an array or collection announces takes at least one byte,
 * and the bytes of all elements still to come of all containers around it are reserved, so that nested announcements
 * together cannot exceed what was received.
 *
 * @see ValueWriter
 */
final class ValueReader {
    private static final int INITIAL_SHARED = 4;

    /** Where the bytes come from. */
    final ByteSource source;

    private final FormTable forms;
    private final CodecLimits limits;
    private Object[] shared = new Object[INITIAL_SHARED];
    private int sharedCount;
    private final List<ClassLayout> layouts = new ArrayList<>(0);
    private int depth;
    private int references;
    /** Elements that containers announced and that were not read yet. */
    private int announced;

    ValueReader(FormTable forms, CodecLimits limits, ByteSource source) {
        this.forms = forms;
        this.limits = limits;
        this.source = source;
    }

    /**
     * Reads what {@link ValueWriter#writeValue} wrote.
     *
     * @throws CodecException if the bytes are damaged, name a class that is refused, or exceed a limit
     */
    @Nullable
    Object readValue() {
        if (++references > limits.maxReferences()) {
            throw source.damaged("one object more than maxReferences: " + limits.maxReferences());
        }
        TagReader reader = forms.reader(source);
        return switch (reader.sharing()) {
            case NONE -> reader.function().read(this);
            case BEFORE_CONTENTS -> descend(reader);
            case AFTER_CONTENTS -> {
                Object value = descend(reader);
                yield value == null ? null : remember(value);
            }
        };
    }

    private @Nullable Object descend(TagReader reader) {
        if (++depth > limits.maxDepth()) {
            throw source.damaged("an object nested deeper than maxDepth: " + limits.maxDepth());
        }
        Object value = reader.function().read(this);
        depth--;
        return value;
    }

    /** Gives an object the number by which later bytes refer to it. */
    <T> T remember(T object) {
        if (sharedCount == shared.length) {
            shared = Arrays.copyOf(shared, sharedCount * 2);
        }
        shared[sharedCount++] = object;
        return object;
    }

    Object readReference() {
        return shared[source.readIndex(sharedCount)];
    }

    /** The length of an array of primitives, whose bytes all remain to be read. */
    int readLength(int bytesPerElement) {
        return checkLength(source.readLength(bytesPerElement));
    }

    private int checkLength(int length) {
        if (length > limits.maxArrayLength()) {
            throw source.damaged(
                    "a length of " + length + " (expected: at most maxArrayLength: " + limits.maxArrayLength() + ")");
        }
        return length;
    }

    /** The length of an array or collection of so many values per element, to be read by {@link #readElement}. */
    int beginElements(int valuesPerElement) {
        int length = checkLength(source.readLength(valuesPerElement));
        int values = length * valuesPerElement;
        if (values > source.remaining() - announced) {
            throw source.damaged("a length of " + length + " (expected: what fits into the rest of the bytes)");
        }
        announced += values;
        return length;
    }

    @Nullable
    Object readElement() {
        announced--;
        return readValue();
    }

    /** The layout of the class that {@link ValueWriter#writeLayout} named, which must be one that the tag reads. */
    <L extends ClassLayout> L readLayout(Class<L> kind) {
        int number = source.readIndex(layouts.size() + 1);
        ClassLayout layout;
        if (number > 0) {
            layout = layouts.get(number - 1);
        } else {
            layout = forms.readLayout(source);
            layouts.add(layout);
        }
        if (!kind.isInstance(layout)) {
            throw new CodecException("class " + layout.type().getName() + " is not what the bytes say ("
                    + "expected: the class as it was when they were written); discard the bytes");
        }
        return kind.cast(layout);
    }

    // What follows is called through the method handles of ObjectLayout and RecordLayout, one for each type of field.

    boolean readBoolean() {
        return source.readByte() != 0;
    }

    byte readByte() {
        return (byte) source.readByte();
    }

    char readChar() {
        return source.readFixed16();
    }

    short readShort() {
        return (short) source.readSigned(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    int readInt() {
        return source.readInt();
    }

    long readLong() {
        return source.readSigned();
    }

    float readFloat() {
        return Float.intBitsToFloat(source.readFixed32());
    }

    double readDouble() {
        return Double.longBitsToDouble(source.readFixed64());
    }
}
