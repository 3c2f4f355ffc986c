package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value and all it refers to, each object once, or a key, each object as often as it occurs. Used by one thread for one value.
 *
 * @see ValueReader
 */
final class ValueWriter {
    /** Where the bytes go. */
    final ByteSink sink;

    private final FormTable forms;
    private final CodecLimits limits;
    /** Null unless this writes a key: equal keys have equal bytes, whichever of their parts are the same object. */
    private final @Nullable KeyClasses keys;

    private @Nullable IdentityTable shared;
    private @Nullable IdentityTable layouts;
    /** The objects that are created after their contents and whose contents are being written; almost always few. */
    private final List<Object> unfinished = new ArrayList<>(0);

    private int depth;
    private int references;

    ValueWriter(FormTable forms, CodecLimits limits, @Nullable KeyClasses keys, int initialCapacity) {
        this.forms = forms;
        this.limits = limits;
        this.keys = keys;
        this.sink = new ByteSink(initialCapacity, limits.maxBytes(), CodecException::tooLong);
    }

    /**
     * Writes an object, a reference to where it was written before, or null.
     *
     * @throws Declined if it, or something it refers to, has no form
     * @throws CodecException if a limit is exceeded
     */
    void writeValue(@Nullable Object value) {
        if (++references > limits.maxReferences()) {
            throw new CodecException("the value refers to more objects than maxReferences: " + limits.maxReferences()
                    + " (expected: at most that many); raise the limit or cache smaller values");
        }
        if (value == null) {
            sink.writeByte(Tag.NULL);
        } else if (value instanceof String string) {
            StringForm.write(sink, string);
        } else if (keys != null) {
            keys.require(value.getClass());
            writeWhole(forms.of(value.getClass()), value);
        } else {
            Form form = forms.of(value.getClass());
            switch (form.sharing()) {
                case NONE -> form.write(this, value);
                case BEFORE_CONTENTS -> writeBefore(form, value);
                case AFTER_CONTENTS -> writeAfter(form, value);
            }
        }
    }

    private void writeBefore(Form form, Object value) {
        if (wroteReference(value)) {
            return;
        }
        shared().add(value);
        writeWhole(form, value);
    }

    private void writeAfter(Form form, Object value) {
        if (wroteReference(value)) {
            return;
        }
        for (Object object : unfinished) {
            if (object == value) {
                throw new Declined(); // Java serialization has its own answer to a record that contains itself
            }
        }
        unfinished.add(value);
        writeWhole(form, value);
        unfinished.remove(unfinished.size() - 1);
        shared().add(value);
    }

    private void writeWhole(Form form, Object value) {
        descend();
        form.write(this, value);
        depth--;
    }

    private boolean wroteReference(Object value) {
        int number = shared == null ? -1 : shared.find(value);
        if (number < 0) {
            return false;
        }
        sink.writeByte(Tag.REFERENCE);
        sink.writeUnsigned(number);
        return true;
    }

    private IdentityTable shared() {
        IdentityTable table = shared;
        if (table == null) {
            table = new IdentityTable();
            shared = table;
        }
        return table;
    }

    private void descend() {
        if (++depth > limits.maxDepth()) {
            throw new CodecException("the value nests deeper than maxDepth: " + limits.maxDepth()
                    + " (expected: at most that many objects in each other); raise the limit or cache flatter values");
        }
    }

    /** Writes the number of elements of an array or collection. */
    void writeLength(int length) {
        if (length > limits.maxArrayLength()) {
            throw new CodecException("the value holds an array or collection of " + length
                    + " elements (expected: at most maxArrayLength: " + limits.maxArrayLength()
                    + "); raise the limit or cache smaller values");
        }
        sink.writeUnsigned(length);
    }

    /** Writes which class a value has: 0 and its description the first time, then the number of that description. */
    void writeLayout(ClassLayout layout) {
        IdentityTable table = layouts;
        if (table == null) {
            table = new IdentityTable();
            layouts = table;
        }
        int number = table.find(layout);
        if (number >= 0) {
            sink.writeUnsigned(number + 1L);
            return;
        }
        table.add(layout);
        sink.writeByte(0);
        sink.writeFixed64(layout.fingerprint());
        byte[] name = layout.nameBytes();
        sink.writeUnsigned(name.length);
        sink.writeBytes(name);
    }

    // What follows is called through the method handles of ObjectLayout and RecordLayout, one for each type of field.

    void writeBoolean(boolean value) {
        sink.writeByte(value ? 1 : 0);
    }

    void writeByte(byte value) {
        sink.writeByte(value);
    }

    void writeChar(char value) {
        sink.writeFixed16(value);
    }

    void writeShort(short value) {
        sink.writeSigned(value);
    }

    void writeInt(int value) {
        sink.writeSigned(value);
    }

    void writeLong(long value) {
        sink.writeSigned(value);
    }

    void writeFloat(float value) {
        sink.writeFixed32(Float.floatToIntBits(value));
    }

    void writeDouble(double value) {
        sink.writeFixed64(Double.doubleToLongBits(value));
    }
}
