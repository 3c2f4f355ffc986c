package io.fyercache.core.codec;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Method handles that move one field between an object and bytes, without boxing.
 *
 * <p>A getter is joined with the writer of its type to {@code (ValueWriter, Object)void}, a setter with the reader to
 * {@code (Object, ValueReader)void}; so the loop over the fields of a class needs no distinction by type, and the JIT compiles
 * each handle into straight code.
 */
final class FieldAccess {
    private static final List<Class<?>> PRIMITIVES = List.of(
            boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class);

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Map<Class<?>, MethodHandle> WRITERS = handles(
            (type, name) -> LOOKUP.findVirtual(ValueWriter.class, "write" + name, methodType(void.class, type)));
    private static final Map<Class<?>, MethodHandle> READERS =
            handles((type, name) -> LOOKUP.findVirtual(ValueReader.class, "read" + name, methodType(type)));

    private FieldAccess() {}

    private interface Finder {
        MethodHandle find(Class<?> type, String name) throws ReflectiveOperationException;
    }

    private static Map<Class<?>, MethodHandle> handles(Finder finder) {
        return Stream.concat(Stream.of(Object.class), PRIMITIVES.stream())
                .collect(Collectors.toUnmodifiableMap(type -> type, type -> {
                    try {
                        return finder.find(type, methodSuffix(type));
                    } catch (ReflectiveOperationException e) {
                        throw new LinkageError("no method for fields of type " + type, e);
                    }
                }));
    }

    private static String methodSuffix(Class<?> type) {
        if (!type.isPrimitive()) {
            return "Value";
        }
        String name = type.getName();
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code (ValueWriter out, Object instance)void} for a field that was made accessible. */
    static MethodHandle writer(Field field) throws IllegalAccessException {
        Class<?> type = carrier(field.getType());
        MethodHandle getter = LOOKUP.unreflectGetter(field).asType(methodType(type, Object.class));
        return MethodHandles.filterArguments(handle(WRITERS, type), 1, getter);
    }

    /** {@code (Object instance, ValueReader in)void} for a field, final ones included, that was made accessible. */
    static MethodHandle reader(Field field) throws IllegalAccessException {
        Class<?> type = carrier(field.getType());
        MethodHandle setter = LOOKUP.unreflectSetter(field).asType(methodType(void.class, Object.class, type));
        return MethodHandles.filterArguments(setter, 1, handle(READERS, type));
    }

    /** {@code (ValueReader in)Object}: reads what {@link #writer} wrote of a field of that type. */
    static MethodHandle reader(Class<?> fieldType) {
        return handle(READERS, carrier(fieldType)).asType(methodType(Object.class, ValueReader.class));
    }

    private static MethodHandle handle(Map<Class<?>, MethodHandle> handles, Class<?> type) {
        MethodHandle handle = handles.get(type);
        if (handle == null) {
            throw new IllegalArgumentException("type of a field: " + type + " (expected: Object or a primitive)");
        }
        return handle;
    }

    private static Class<?> carrier(Class<?> type) {
        return type.isPrimitive() ? type : Object.class;
    }

    /** Rethrows what a method handle threw; none of ours declares a checked exception. */
    static RuntimeException rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            return e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return new CodecException(
                "a constructor failed with " + thrown.getClass().getName(), thrown);
    }

    /** Writes each part of {@code value} in turn. */
    static void write(MethodHandle[] writers, ValueWriter out, Object value) {
        try {
            for (MethodHandle writer : writers) {
                writer.invokeExact(out, value);
            }
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }
}
