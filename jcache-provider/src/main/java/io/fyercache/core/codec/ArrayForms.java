package io.fyercache.core.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of arrays of primitives: a length and the elements, of fixed width, copied as a block. */
final class ArrayForms {
    static final List<KnownForm<?>> ALL = List.of(
            array(
                    Tag.BYTE_ARRAY,
                    byte[].class,
                    (out, value) -> {
                        out.sink.writeUnsigned(value.length);
                        out.sink.writeBytes(value);
                    },
                    in -> in.remember(in.source.readBytes(in.source.readLength(1)))),
            array(
                    Tag.BOOLEAN_ARRAY,
                    boolean[].class,
                    (out, value) -> {
                        out.writeLength(value.length);
                        for (boolean element : value) {
                            out.sink.writeByte(element ? 1 : 0);
                        }
                    },
                    ArrayForms::readBooleans),
            array(
                    Tag.CHAR_ARRAY,
                    char[].class,
                    (out, value) -> block(out, value.length, Character.BYTES)
                            .asCharBuffer()
                            .put(value),
                    in -> {
                        char[] value = new char[in.readLength(Character.BYTES)];
                        in.source
                                .readSlice(value.length * Character.BYTES)
                                .asCharBuffer()
                                .get(value);
                        return in.remember(value);
                    }),
            array(
                    Tag.SHORT_ARRAY,
                    short[].class,
                    (out, value) -> block(out, value.length, Short.BYTES)
                            .asShortBuffer()
                            .put(value),
                    in -> {
                        short[] value = new short[in.readLength(Short.BYTES)];
                        in.source
                                .readSlice(value.length * Short.BYTES)
                                .asShortBuffer()
                                .get(value);
                        return in.remember(value);
                    }),
            array(
                    Tag.INT_ARRAY,
                    int[].class,
                    (out, value) -> block(out, value.length, Integer.BYTES)
                            .asIntBuffer()
                            .put(value),
                    in -> {
                        int[] value = new int[in.readLength(Integer.BYTES)];
                        in.source
                                .readSlice(value.length * Integer.BYTES)
                                .asIntBuffer()
                                .get(value);
                        return in.remember(value);
                    }),
            array(
                    Tag.LONG_ARRAY,
                    long[].class,
                    (out, value) ->
                            block(out, value.length, Long.BYTES).asLongBuffer().put(value),
                    in -> {
                        long[] value = new long[in.readLength(Long.BYTES)];
                        in.source
                                .readSlice(value.length * Long.BYTES)
                                .asLongBuffer()
                                .get(value);
                        return in.remember(value);
                    }),
            array(
                    Tag.FLOAT_ARRAY,
                    float[].class,
                    (out, value) -> block(out, value.length, Float.BYTES)
                            .asFloatBuffer()
                            .put(value),
                    in -> {
                        float[] value = new float[in.readLength(Float.BYTES)];
                        in.source
                                .readSlice(value.length * Float.BYTES)
                                .asFloatBuffer()
                                .get(value);
                        return in.remember(value);
                    }),
            array(
                    Tag.DOUBLE_ARRAY,
                    double[].class,
                    (out, value) -> block(out, value.length, Double.BYTES)
                            .asDoubleBuffer()
                            .put(value),
                    in -> {
                        double[] value = new double[in.readLength(Double.BYTES)];
                        in.source
                                .readSlice(value.length * Double.BYTES)
                                .asDoubleBuffer()
                                .get(value);
                        return in.remember(value);
                    }));

    private ArrayForms() {}

    private static <T> KnownForm<T> array(
            int tag, Class<T> type, KnownForm.Writer<T> writer, TagReader.Function reader) {
        return KnownForm.of(tag, type, Sharing.BEFORE_CONTENTS, writer, reader);
    }

    /** Writes the length and gives the space for the elements. */
    private static ByteBuffer block(ValueWriter out, int length, int bytesPerElement) {
        out.writeLength(length);
        return out.sink.writeSpace((long) length * bytesPerElement);
    }

    private static @Nullable Object readBooleans(ValueReader in) {
        boolean[] value = new boolean[in.readLength(1)];
        for (int i = 0; i < value.length; i++) {
            value[i] = in.source.readByte() != 0;
        }
        return in.remember(value);
    }
}
