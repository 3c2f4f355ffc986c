package io.fyercache.core.codec;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records: the components in their order; read by the canonical constructor, whose checks so hold for bytes as well.
 *
 * <p>As in Java serialization, the fields are read, not the accessors, and the record must be {@link Serializable}: that is
 * how its author agrees that it may come from bytes.
 */
final class RecordLayout extends ClassLayout {
    static final TagReader READER = new TagReader(
            Tag.RECORD,
            Sharing.AFTER_CONTENTS,
            in -> in.readLayout(RecordLayout.class).read(in));

    private final MethodHandle[] writers;
    private final MethodHandle[] readers;
    /** {@code (Object[])Object}. */
    private final MethodHandle constructor;

    private RecordLayout(
            Class<?> type, String shape, MethodHandle[] writers, MethodHandle[] readers, MethodHandle constructor) {
        super(type, Sharing.AFTER_CONTENTS, shape);
        this.writers = writers;
        this.readers = readers;
        this.constructor = constructor;
    }

    /** The layout of the record class, or null if it is not serializable by default alone or closed to reflection. */
    static @Nullable RecordLayout of(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)
                || Externalizable.class.isAssignableFrom(type)
                || type.isHidden()
                || SerializationRules.replacesInstances(type)) {
            return null;
        }
        RecordComponent[] components = type.getRecordComponents();
        MethodHandle[] writers = new MethodHandle[components.length];
        MethodHandle[] readers = new MethodHandle[components.length];
        StringBuilder shape = new StringBuilder("record");
        try {
            for (int i = 0; i < components.length; i++) {
                Field field = type.getDeclaredField(components[i].getName());
                if (!field.trySetAccessible()) {
                    return null;
                }
                writers[i] = FieldAccess.writer(field);
                readers[i] = FieldAccess.reader(field.getType());
                shape.append('\n').append(field.getName());
                shape.append(' ').append(field.getType().getName());
            }
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!canonical.trySetAccessible()) {
                return null;
            }
            MethodHandle constructor = MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordLayout(type, shape.toString(), writers, readers, constructor);
        } catch (NoSuchFieldException | NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    @Override
    public void write(ValueWriter out, Object value) {
        out.sink.writeByte(Tag.RECORD);
        out.writeLayout(this);
        FieldAccess.write(writers, out, value);
    }

    private Object read(ValueReader in) {
        @Nullable Object[] components = new @Nullable Object[readers.length];
        try {
            for (int i = 0; i < components.length; i++) {
                components[i] = (Object) readers[i].invokeExact(in);
            }
            return (Object) constructor.invokeExact(components);
        } catch (Throwable e) {
            throw FieldAccess.rethrow(e);
        }
    }
}
