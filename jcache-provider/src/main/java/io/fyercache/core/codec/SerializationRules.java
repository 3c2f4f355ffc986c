package io.fyercache.core.codec;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Java Object Serialization Specification says of a class: whether it is serialized by default alone, and which
 * fields that covers.
 */
final class SerializationRules {
    /** The methods by which a class takes part in its serialization, in any class of its hierarchy. */
    private static final Set<String> HOOKS =
            Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

    private SerializationRules() {}

    /** Whether the class, which is not of the JDK, leaves its serialization to the default entirely. */
    static boolean isDefault(Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)
                || Externalizable.class.isAssignableFrom(type)
                || PlatformClasses.isPlatform(type)
                || type.isInterface()
                || type.isArray()
                || type.isHidden()
                || Proxy.isProxyClass(type)
                || Modifier.isAbstract(type.getModifiers())) {
            return false;
        }
        // A replacement may be inherited from a class that is not serializable itself.
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            if (declaresHook(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a record has a say in its serialization: of the hooks, the specification leaves it these two. */
    static boolean replacesInstances(Class<?> recordClass) {
        return Arrays.stream(recordClass.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("writeReplace")
                        || method.getName().equals("readResolve"));
    }

    private static boolean declaresHook(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            if (HOOKS.contains(method.getName())) {
                return true;
            }
        }
        return Arrays.stream(type.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("serialPersistentFields"));
    }

    /** The serializable classes of the hierarchy, the topmost first. */
    static List<Class<?>> serializableHierarchy(Class<?> type) {
        List<Class<?>> hierarchy = new ArrayList<>();
        for (Class<?> c = type; c != null && Serializable.class.isAssignableFrom(c); c = c.getSuperclass()) {
            hierarchy.add(0, c);
        }
        return hierarchy;
    }

    /** The fields declared by one class of the hierarchy that are serialized by default, in the order of their names. */
    static List<Field> defaultFields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
                .sorted(Comparator.comparing(Field::getName))
                .toList();
    }

    /** The version that the author of the class gave it, or null. */
    static @Nullable Long declaredVersion(Class<?> type) {
        try {
            Field field = type.getDeclaredField("serialVersionUID");
            boolean counts = Modifier.isStatic(field.getModifiers())
                    && Modifier.isFinal(field.getModifiers())
                    && field.getType() == long.class
                    && field.trySetAccessible();
            return counts ? field.getLong(null) : null;
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return null; // not declared, or of no concern to anybody who cannot see it
        }
    }
}
