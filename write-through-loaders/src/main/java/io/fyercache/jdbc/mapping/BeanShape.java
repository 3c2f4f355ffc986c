package io.fyercache.jdbc.mapping;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bean: a class with a constructor without parameters, and for each property a public {@code getX} or {@code isX} and a
 * public {@code setX} of the same type, inherited or not. What has one of the two alone, such as a name that is computed
 * of others, is no property.
 */
final class BeanShape implements Shape {

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final List<Property> properties;
    private final List<Method> setters;

    private BeanShape(Class<?> type, Constructor<?> constructor, Map<Property, Method> setters) {
        this.type = type;
        this.constructor = constructor;
        this.properties = List.copyOf(setters.keySet());
        this.setters = List.copyOf(setters.values());
    }

    /**
     * Looks at a class; {@code null} if it is no bean. Those of the JDK never are: what happens to have a setter there,
     * such as {@code java.util.Date}, is a value.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if its module does not open its package to this one
     */
    static @Nullable BeanShape of(Class<?> type) {
        boolean isCandidate = !type.isPrimitive() && !type.isArray() && !Modifier.isAbstract(type.getModifiers());
        if (!isCandidate || type.getName().startsWith("java.")) {
            return null;
        }
        Map<Property, Method> setters = setters(type);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            if (setters.isEmpty()) {
                return null;
            }
            // A bean may be private to the class that uses the cache.
            constructor.setAccessible(true);
            setters.forEach((property, setter) -> {
                property.getter().setAccessible(true);
                setter.setAccessible(true);
            });
            return new BeanShape(type, constructor, setters);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** By name, as reflection knows no order. */
    private static Map<Property, Method> setters(Class<?> type) {
        Map<Property, Method> setters = new TreeMap<>(Comparator.comparing(Property::name));
        for (Method getter : type.getMethods()) {
            String name = propertyOf(getter);
            if (name == null) {
                continue;
            }
            try {
                Method setter = type.getMethod("set" + name, getter.getReturnType());
                if (!Modifier.isStatic(setter.getModifiers())) {
                    setters.put(new Property(decapitalized(name), getter.getReturnType(), getter), setter);
                }
            } catch (NoSuchMethodException readOnly) {
                // No property.
            }
        }
        return setters;
    }

    /** {@code Name} of {@code getName()}, {@code null} of anything but a getter. */
    private static @Nullable String propertyOf(Method method) {
        boolean isGetter = method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers())
                && !method.isBridge();
        String name = method.getName();
        if (isGetter && name.length() > 3 && name.startsWith("get")) {
            return name.substring(3);
        }
        boolean isQuestion = isGetter && method.getReturnType() == boolean.class;
        return isQuestion && name.length() > 2 && name.startsWith("is") ? name.substring(2) : null;
    }

    /** As JavaBeans do it: {@code Name} is {@code name}, and {@code URL} stays. */
    private static String decapitalized(String name) {
        boolean isAcronym =
                name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return isAcronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Whether two of the class are equal by what they hold, as keys have to be. */
    boolean hasEqualsOfItsOwn() {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class
                    && type.getMethod("hashCode").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every class has both", e);
        }
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public List<Property> properties() {
        return properties;
    }

    @Override
    public Object create(@Nullable Object[] values) {
        try {
            Object bean = constructor.newInstance();
            for (int i = 0; i < values.length; i++) {
                setters.get(i).invoke(bean, values[i]);
            }
            return bean;
        } catch (InvocationTargetException e) {
            throw Shape.failed("a constructor or setter of " + type.getTypeName() + " refused the row", e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(constructor + " was accessible when the mapping was built", e);
        }
    }
}
