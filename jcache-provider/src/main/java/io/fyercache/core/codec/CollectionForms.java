package io.fyercache.core.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the collections of {@code java.util}: a length and the elements in the order of iteration.
 *
 * <p>Each form is of exactly one class. What Java serialization keeps is kept, with two exceptions: capacities, and whether
 * a {@link LinkedHashMap} orders by access, which it tells nobody. Wrappers such as {@code Collections.unmodifiableList} hide
 * what they wrap, so they have no form.
 */
final class CollectionForms {
    /** Of hash tables: elements per slot at which the JDK's grow. */
    private static final double LOAD_FACTOR = 0.75;

    @SuppressWarnings("JdkObsolete") // users have values of LinkedList
    static final List<KnownForm<?>> ALL = List.of(
            collection(Tag.ARRAY_LIST, ArrayList.class, ArrayList::new),
            collection(Tag.LINKED_LIST, LinkedList.class, size -> new LinkedList<>()),
            collection(Tag.ARRAY_DEQUE, ArrayDeque.class, ArrayDeque::new),
            collection(Tag.HASH_SET, HashSet.class, size -> new HashSet<>(capacity(size))),
            collection(Tag.LINKED_HASH_SET, LinkedHashSet.class, size -> new LinkedHashSet<>(capacity(size))),
            KnownForm.of(
                    Tag.TREE_SET,
                    TreeSet.class,
                    Sharing.BEFORE_CONTENTS,
                    (ValueWriter out, TreeSet<?> value) -> {
                        declineUnless(value.comparator() == null);
                        writeElements(out, value);
                    },
                    in -> readElements(in, size -> new TreeSet<>())),
            map(Tag.HASH_MAP, HashMap.class, size -> new HashMap<>(capacity(size))),
            map(Tag.LINKED_HASH_MAP, LinkedHashMap.class, size -> new LinkedHashMap<>(capacity(size))),
            KnownForm.of(
                    Tag.TREE_MAP,
                    TreeMap.class,
                    Sharing.BEFORE_CONTENTS,
                    (ValueWriter out, TreeMap<?, ?> value) -> {
                        declineUnless(value.comparator() == null);
                        writeMappings(out, value);
                    },
                    in -> readMappings(in, size -> new TreeMap<>())),
            immutable(Tag.IMMUTABLE_LIST_SMALL, List.of(1), in -> List.of(readArray(in))),
            // Of the immutable lists, this form accepts nulls, as a list from Stream.toList may hold them.
            immutable(
                    Tag.IMMUTABLE_LIST,
                    List.of(),
                    in -> Arrays.stream(readArray(in)).toList()),
            immutable(Tag.IMMUTABLE_SET, Set.of(), in -> Set.of(readArray(in))),
            sameForm(Set.of(1), CollectionForms::writeImmutableSet),
            immutableMap(Map.of(), List.of(after(Tag.IMMUTABLE_MAP, CollectionForms::readImmutableMap))),
            immutableMap(Map.of(1, 1), List.of()),
            constant(Tag.EMPTY_LIST, Collections::emptyList),
            constant(Tag.EMPTY_SET, Collections::emptySet),
            constant(Tag.EMPTY_MAP, Collections::emptyMap),
            singleton(
                    Tag.SINGLETON_LIST, Collections.singletonList(1), in -> Collections.singletonList(in.readValue())),
            singleton(Tag.SINGLETON_SET, Collections.singleton(1), in -> Collections.singleton(in.readValue())),
            KnownForm.of(
                    Tag.SINGLETON_MAP,
                    Collections.singletonMap(1, 1).getClass(),
                    Sharing.AFTER_CONTENTS,
                    (ValueWriter out, Map<?, ?> value) -> value.forEach((k, v) -> {
                        out.writeValue(k);
                        out.writeValue(v);
                    }),
                    in -> Collections.singletonMap(in.readValue(), in.readValue())));

    private CollectionForms() {}

    private static <C extends Collection<?>> KnownForm<C> collection(
            int tag, Class<C> type, IntFunction<Collection<@Nullable Object>> factory) {
        return KnownForm.of(
                tag, type, Sharing.BEFORE_CONTENTS, CollectionForms::writeElements, in -> readElements(in, factory));
    }

    private static <M extends Map<?, ?>> KnownForm<M> map(
            int tag, Class<M> type, IntFunction<Map<@Nullable Object, @Nullable Object>> factory) {
        return KnownForm.of(
                tag, type, Sharing.BEFORE_CONTENTS, CollectionForms::writeMappings, in -> readMappings(in, factory));
    }

    private static KnownForm<Collection<?>> immutable(int tag, Collection<?> example, TagReader.Function reader) {
        return KnownForm.of(tag, example.getClass(), Sharing.AFTER_CONTENTS, CollectionForms::writeElements, reader);
    }

    /** The form of a class that is written as another one and read by that one's reader. */
    private static KnownForm<Collection<?>> sameForm(Collection<?> example, KnownForm.Writer<Collection<?>> writer) {
        return new KnownForm<>(example.getClass(), Sharing.AFTER_CONTENTS, writer, List.of());
    }

    private static void writeImmutableSet(ValueWriter out, Collection<?> value) {
        out.sink.writeByte(Tag.IMMUTABLE_SET);
        writeElements(out, value);
    }

    private static KnownForm<Map<?, ?>> immutableMap(Map<?, ?> example, List<TagReader> readers) {
        return new KnownForm<>(
                example.getClass(),
                Sharing.AFTER_CONTENTS,
                (out, value) -> {
                    out.sink.writeByte(Tag.IMMUTABLE_MAP);
                    writeMappings(out, value);
                },
                readers);
    }

    /** An empty collection that exists once. */
    private static <T> KnownForm<T> constant(int tag, Supplier<T> instance) {
        return KnownForm.of(tag, instance.get().getClass(), Sharing.NONE, (out, value) -> {}, in -> instance.get());
    }

    private static KnownForm<Collection<?>> singleton(int tag, Collection<?> example, TagReader.Function reader) {
        return KnownForm.of(
                tag,
                example.getClass(),
                Sharing.AFTER_CONTENTS,
                (out, value) -> value.forEach(out::writeValue),
                reader);
    }

    private static TagReader after(int tag, TagReader.Function function) {
        return new TagReader(tag, Sharing.AFTER_CONTENTS, function);
    }

    private static void declineUnless(boolean natural) {
        if (!natural) {
            throw new Declined(); // a comparator is code
        }
    }

    private static int capacity(int size) {
        return (int) Math.ceil(size / LOAD_FACTOR);
    }

    private static void writeElements(ValueWriter out, Collection<?> value) {
        int size = value.size();
        out.writeLength(size);
        int written = 0;
        for (Object element : value) {
            out.writeValue(element);
            written++;
        }
        requireUnchanged(size, written);
    }

    private static void writeMappings(ValueWriter out, Map<?, ?> value) {
        int size = value.size();
        out.writeLength(size);
        int written = 0;
        for (Map.Entry<?, ?> mapping : value.entrySet()) {
            out.writeValue(mapping.getKey());
            out.writeValue(mapping.getValue());
            written++;
        }
        requireUnchanged(size, written);
    }

    private static void requireUnchanged(int size, int written) {
        if (size != written) {
            throw new ConcurrentModificationException(written + " elements (expected: " + size + ")");
        }
    }

    private static Object readElements(ValueReader in, IntFunction<Collection<@Nullable Object>> factory) {
        int size = in.beginElements(1);
        Collection<@Nullable Object> value = in.remember(factory.apply(size));
        for (int i = 0; i < size; i++) {
            value.add(in.readElement());
        }
        return value;
    }

    private static Object readMappings(ValueReader in, IntFunction<Map<@Nullable Object, @Nullable Object>> factory) {
        int size = in.beginElements(2);
        Map<@Nullable Object, @Nullable Object> value = in.remember(factory.apply(size));
        for (int i = 0; i < size; i++) {
            value.put(in.readElement(), in.readElement());
        }
        return value;
    }

    private static @Nullable Object[] readArray(ValueReader in) {
        @Nullable Object[] elements = new @Nullable Object[in.beginElements(1)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = in.readElement();
        }
        return elements;
    }

    private static Object readImmutableMap(ValueReader in) {
        int size = in.beginElements(2);
        Map.Entry<?, ?>[] mappings = new Map.Entry<?, ?>[size];
        for (int i = 0; i < size; i++) {
            mappings[i] = Map.entry(in.readElement(), in.readElement());
        }
        return Map.ofEntries(mappings);
    }
}
