package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import java.util.List;
import java.util.function.Function;

/**
 * The form of one class of the JDK: the tags it writes and how each of them is read.
 *
 * @param type the exact class
 * @param <T> a type that the class implements
 */
record KnownForm<T>(Class<?> type, Sharing sharing, Writer<T> writer, List<TagReader> readers) implements Form {
    /** Writes the contents of a value, or, where a class has several tags, the tag as well. */
    @FunctionalInterface
    interface Writer<T> {
        void write(ValueWriter out, T value);
    }

    /** A form of a single tag. */
    static <T> KnownForm<T> of(int tag, Class<?> type, Sharing sharing, Writer<T> contents, TagReader.Function reader) {
        return new KnownForm<>(
                type,
                sharing,
                (out, value) -> {
                    out.sink.writeByte(tag);
                    contents.write(out, value);
                },
                List.of(new TagReader(tag, sharing, reader)));
    }

    /** An immutable value of a single tag. */
    static <T> KnownForm<T> of(int tag, Class<? extends T> type, Writer<T> contents, Function<ByteSource, T> reader) {
        return of(tag, type, Sharing.NONE, contents, in -> reader.apply(in.source));
    }

    @Override
    public void write(ValueWriter out, Object value) {
        @SuppressWarnings("unchecked") // a form is looked up by the class of the value
        T typed = (T) value;
        writer.write(out, typed);
    }
}
