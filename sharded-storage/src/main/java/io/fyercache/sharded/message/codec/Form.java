package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How values of a type are written and read. Each value has one form, and what is read from a form is equal to what was written. */
interface Form<T> {

    /**
     * Writes the value.
     *
     * @throws IllegalArgumentException if a part of it is out of its range
     */
    void write(ByteSink out, T value);

    /** Reads a value. What is none ends in the source's exception, or in an {@link IllegalArgumentException} of the value itself. */
    T read(ByteSource in);

    /** Makes a form of its two halves. */
    static <T> Form<T> of(BiConsumer<ByteSink, T> writer, Function<ByteSource, T> reader) {
        return new Form<>() {
            @Override
            public void write(ByteSink out, T value) {
                writer.accept(out, value);
            }

            @Override
            public T read(ByteSource in) {
                return reader.apply(in);
            }
        };
    }
}
