package io.fyercache.jdbc.mapping;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record's components and its canonical constructor.
 *
 * <p>Immutable and thread-safe.
 */
final class RecordShape {

    private final Class<?> type;
    private final List<RecordComponent> components;
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type, List<RecordComponent> components, Constructor<?> constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    /**
     * Looks at a record.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if its module does not open its package to this one
     */
    static RecordShape of(Class<?> type) {
        List<RecordComponent> components = List.of(type.getRecordComponents());
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            // A record may be private to the class that uses the cache.
            constructor.setAccessible(true);
            components.forEach(component -> component.getAccessor().setAccessible(true));
            return new RecordShape(type, components, constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " is a record without canonical constructor", e);
        }
    }

    boolean isOf(Class<?> other) {
        return type == other;
    }

    List<RecordComponent> components() {
        return components;
    }

    /** The value of a component. */
    @Nullable
    Object get(RecordComponent component, Object from) {
        Method accessor = component.getAccessor();
        try {
            return accessor.invoke(from);
        } catch (InvocationTargetException e) {
            throw failed(type.getTypeName() + "." + component.getName() + "() failed", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(accessor + " was accessible when the mapping was built", e);
        }
    }

    /** A record of these component values, in order of declaration. */
    Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw failed("the constructor of " + type.getTypeName() + " refused the row", e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(constructor + " was accessible when the mapping was built", e);
        }
    }

    /** The user's exception becomes a cause; an error, such as running out of memory, goes on as it is. */
    private static MappingException failed(String message, InvocationTargetException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return new MappingException(message, failure.getCause());
    }
}
