package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The form of a type of which there are several kinds: a byte that tells the kind, and what that kind consists of. A tag never changes its
 * meaning, and that of a kind which is given up is not used again. Immutable.
 */
final class TaggedForm<T> implements Form<T> {
    private final String name;
    private final Map<Class<?>, Kind<? extends T>> byType = new LinkedHashMap<>();
    private final Map<Integer, Kind<? extends T>> byTag = new LinkedHashMap<>();

    /**
     * One of the kinds.
     *
     * @param tag 0..255, its own among the kinds
     * @param type exactly the class that such values have
     */
    record Kind<T>(int tag, Class<T> type, Form<T> parts) {
        private void write(ByteSink out, Object value) {
            out.writeByte(tag);
            parts.write(out, type.cast(value));
        }
    }

    /**
     * Puts the kinds together.
     *
     * @param name what errors call the type
     */
    TaggedForm(String name, List<Kind<? extends T>> kinds) {
        this.name = name;
        for (Kind<? extends T> kind : kinds) {
            if (byType.put(kind.type(), kind) != null || byTag.put(kind.tag(), kind) != null) {
                throw new IllegalArgumentException(
                        "kind of " + name + ": " + kind + " (expected: no other of its type or tag)");
            }
        }
    }

    /** A kind whose values have parts. */
    static <T> Kind<T> kind(int tag, Class<T> type, BiConsumer<ByteSink, T> writer, Function<ByteSource, T> reader) {
        return new Kind<>(tag, type, Form.of(writer, reader));
    }

    /** A kind whose values are all equal to this one. */
    static <T> Kind<T> only(int tag, Class<T> type, T value) {
        return kind(tag, type, (out, same) -> {}, in -> value);
    }

    @Override
    public void write(ByteSink out, T value) {
        Kind<? extends T> kind = byType.get(value.getClass());
        if (kind == null) {
            throw new IllegalArgumentException(
                    name + ": of class " + value.getClass().getName()
                            + ", which has no binary form (expected: one of "
                            + byType.keySet().stream().map(Class::getSimpleName).toList() + ")");
        }
        kind.write(out, value);
    }

    @Override
    public T read(ByteSource in) {
        int tag = in.readByte();
        Kind<? extends T> kind = byTag.get(tag);
        if (kind == null) {
            throw in.damaged(name + " of kind " + tag + " (expected: one of " + byTag.keySet() + ")");
        }
        return kind.parts().read(in);
    }
}
