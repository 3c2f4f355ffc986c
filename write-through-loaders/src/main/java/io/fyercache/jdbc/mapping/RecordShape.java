package io.fyercache.jdbc.mapping;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record: its components, and its canonical constructor. */
final class RecordShape implements Shape {

    private final Class<?> type;
    private final List<Property> components;
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type, List<Property> components, Constructor<?> constructor) {
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
        List<Property> components = Arrays.stream(type.getRecordComponents())
                .map(component -> new Property(component.getName(), component.getType(), component.getAccessor()))
                .toList();
        Class<?>[] types = components.stream().map(Property::type).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            // A record may be private to the class that uses the cache.
            constructor.setAccessible(true);
            components.forEach(component -> component.getter().setAccessible(true));
            return new RecordShape(type, components, constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " is a record without canonical constructor", e);
        }
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public List<Property> properties() {
        return components;
    }

    @Override
    public Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw Shape.failed("the constructor of " + type.getTypeName() + " refused the row", e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(constructor + " was accessible when the mapping was built", e);
        }
    }
}
