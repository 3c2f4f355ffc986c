package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All forms of the built-in codec: by class for writing, by tag for reading. Thread-safe.
 *
 * <p>Forms of classes hang on the classes themselves ({@link ClassValue}) under a key that belongs to this table. So neither
 * keeps the other alive.
 */
final class FormTable {
    /** The form of the classes that have none. */
    static final Form NONE = new Form() {
        @Override
        public Sharing sharing() {
            return Sharing.NONE;
        }

        @Override
        public void write(ValueWriter out, Object value) {
            throw new Declined();
        }
    };

    private static final List<KnownForm<?>> KNOWN_FORMS = Stream.of(
                    ScalarForms.ALL, TimeForms.ALL, ArrayForms.ALL, CollectionForms.ALL)
            .flatMap(Collection::stream)
            .toList();
    private static final Map<Class<?>, Form> KNOWN = byClass();
    private static final @Nullable TagReader[] READERS = byTag();

    private final ClassResolver resolver;
    private final LayoutTable layouts = new LayoutTable();
    private final ClassValue<Form> forms = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return newForm(type);
        }
    };

    FormTable(ClassResolver resolver) {
        this.resolver = resolver;
    }

    private static Map<Class<?>, Form> byClass() {
        Map<Class<?>, Form> known = new HashMap<>();
        for (KnownForm<?> form : KNOWN_FORMS) {
            requireUnique(known.put(form.type(), form), form.type());
        }
        return Map.copyOf(known);
    }

    private static @Nullable TagReader[] byTag() {
        @Nullable TagReader[] readers = new @Nullable TagReader[Tag.COUNT];
        Stream<TagReader> structural = Stream.of(
                new TagReader(Tag.NULL, Sharing.NONE, in -> null),
                new TagReader(Tag.REFERENCE, Sharing.NONE, ValueReader::readReference),
                EnumLayout.READER,
                RecordLayout.READER,
                ObjectLayout.READER,
                ArrayLayout.READER);
        Stream<TagReader> known = KNOWN_FORMS.stream().flatMap(form -> form.readers().stream());
        Stream.concat(structural, known).forEach(reader -> {
            requireUnique(readers[reader.tag()], reader.tag());
            readers[reader.tag()] = reader;
        });
        return readers;
    }

    private static void requireUnique(@Nullable Object previous, Object key) {
        if (previous != null) {
            throw new IllegalStateException("two forms for " + key + " (expected: one)");
        }
    }

    /**
     * The form of exactly this class, or {@link #NONE}.
     *
     * @throws CodecException if the class is refused
     */
    Form of(Class<?> type) {
        return forms.get(type);
    }

    private Form newForm(Class<?> type) {
        Form known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        Class<?> superclass = type.getSuperclass();
        if (superclass != null && superclass.isEnum()) {
            return of(superclass); // a constant with a body
        }
        Form form = newLayout(type);
        if (form == null) {
            return NONE;
        }
        resolver.requireEncodable(type);
        return form;
    }

    private static @Nullable Form newLayout(Class<?> type) {
        if (type.isEnum()) {
            return new EnumLayout(type);
        }
        if (type.isArray()) {
            return new ArrayLayout(type);
        }
        return type.isRecord() ? RecordLayout.of(type) : ObjectLayout.of(type, FormTable::mayHaveForm);
    }

    /** Whether the final class of a field could have a form; says yes for some that turn out to have none. */
    private static boolean mayHaveForm(Class<?> type) {
        return KNOWN.containsKey(type) || type.isEnum() || type.isRecord() || SerializationRules.isDefault(type);
    }

    /** The reader of the tag that comes next. */
    TagReader reader(ByteSource source) {
        int tag = source.readByte();
        TagReader reader = tag < Tag.COUNT ? READERS[tag] : null;
        if (reader == null) {
            throw source.damaged("the unknown tag " + tag);
        }
        return reader;
    }

    /**
     * The layout of the class that the bytes describe.
     *
     * @throws CodecException if the class is refused, not found, or has another fingerprint
     */
    ClassLayout readLayout(ByteSource source) {
        long fingerprint = source.readFixed64();
        int nameLength = source.readLength(1);
        ClassLayout found = layouts.find(fingerprint, source, nameLength);
        return found != null ? found : resolve(fingerprint, readName(source, nameLength));
    }

    private static String readName(ByteSource source, int length) {
        if (length > ClassResolver.MAX_CLASS_NAME_LENGTH) {
            throw source.damaged("a class name of " + length + " bytes (expected: at most "
                    + ClassResolver.MAX_CLASS_NAME_LENGTH + ")");
        }
        return new String(source.readBytes(length), StandardCharsets.UTF_8);
    }

    private ClassLayout resolve(long fingerprint, String className) {
        Class<?> type = resolver.resolve(className);
        if (of(type) instanceof ClassLayout layout && layout.fingerprint() == fingerprint) {
            layouts.add(layout);
            return layout;
        }
        throw new CodecException("class " + className + " differs from the one that was encoded"
                + " (expected: the same fields of the same types, and the same serialVersionUID); discard the bytes");
    }
}
