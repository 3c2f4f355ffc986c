package io.fyercache.core.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a class that Java serialization would write by default alone, field by field in the order of
 * {@link SerializationRules}.
 *
 * <p>The result of a round trip is that of Java serialization: no constructor of a serializable class runs, transient fields
 * have their defaults, and final fields are set.
 */
final class ObjectLayout extends ClassLayout {
    static final TagReader READER = new TagReader(
            Tag.OBJECT,
            Sharing.BEFORE_CONTENTS,
            in -> in.readLayout(ObjectLayout.class).read(in));

    private final Constructor<?> constructor;
    private final MethodHandle[] writers;
    private final MethodHandle[] readers;

    private ObjectLayout(
            Class<?> type, String shape, Constructor<?> constructor, MethodHandle[] writers, MethodHandle[] readers) {
        super(type, Sharing.BEFORE_CONTENTS, shape);
        this.constructor = constructor;
        this.writers = writers;
        this.readers = readers;
    }

    /**
     * The layout of the class, or null if the class has a say in its serialization, is closed to reflection, or has a field
     * that no value but null or one without a form fits.
     *
     * @param hasForm whether the exact class of a field has a form
     */
    static @Nullable ObjectLayout of(Class<?> type, Predicate<Class<?>> hasForm) {
        if (!SerializationRules.isDefault(type)) {
            return null;
        }
        Constructor<?> constructor = SerializationConstructors.of(type);
        if (constructor == null) {
            return null;
        }
        StringBuilder shape = new StringBuilder("object");
        List<MethodHandle> writers = new ArrayList<>();
        List<MethodHandle> readers = new ArrayList<>();
        for (Class<?> declaring : SerializationRules.serializableHierarchy(type)) {
            shape.append('\n').append(declaring.getName());
            shape.append(' ').append(SerializationRules.declaredVersion(declaring));
            for (Field field : SerializationRules.defaultFields(declaring)) {
                if (!isUsable(field, hasForm)) {
                    return null;
                }
                shape.append('\n').append(field.getName());
                shape.append(' ').append(field.getType().getName());
                try {
                    writers.add(FieldAccess.writer(field));
                    readers.add(FieldAccess.reader(field));
                } catch (IllegalAccessException e) {
                    return null; // the JVM was told to keep final fields final
                }
            }
        }
        return new ObjectLayout(
                type,
                shape.toString(),
                constructor,
                writers.toArray(MethodHandle[]::new),
                readers.toArray(MethodHandle[]::new));
    }

    private static boolean isUsable(Field field, Predicate<Class<?>> hasForm) {
        Class<?> fieldType = field.getType();
        boolean exact = Modifier.isFinal(fieldType.getModifiers()) && !fieldType.isPrimitive() && !fieldType.isArray();
        return (!exact || hasForm.test(fieldType)) && field.trySetAccessible();
    }

    @Override
    public void write(ValueWriter out, Object value) {
        out.sink.writeByte(Tag.OBJECT);
        out.writeLayout(this);
        FieldAccess.write(writers, out, value);
    }

    private Object read(ValueReader in) {
        Object value = in.remember(newInstance());
        try {
            for (MethodHandle reader : readers) {
                reader.invokeExact(value, in);
            }
        } catch (Throwable e) {
            throw FieldAccess.rethrow(e);
        }
        return value;
    }

    private Object newInstance() {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw new CodecException(
                    "class " + type().getName()
                            + " could not be created (expected: that the no-argument constructor of its"
                            + " first superclass which is not serializable succeeds)",
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new CodecException("class " + type().getName() + " could not be created", e);
        }
    }
}
