package io.fyercache.core.codec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Constructors that create an object as deserialization does: none of its serializable classes' constructors run, only the
 * no-argument one of the first superclass that is not serializable.
 *
 * <p>They come from {@code sun.reflect.ReflectionFactory}, which the module {@code jdk.unsupported} exports for this purpose
 * (JEP 260). It is called by reflection, as the compiler's warning about it cannot be suppressed. Without the module
 * there are none, and all classes take the way of Java serialization.
 */
final class SerializationConstructors {
    private static final @Nullable Method FACTORY_METHOD;
    private static final @Nullable Object FACTORY;

    static {
        Method method = null;
        Object factory = null;
        try {
            Class<?> type = Class.forName("sun.reflect.ReflectionFactory");
            factory = type.getMethod("getReflectionFactory").invoke(null);
            method = type.getMethod("newConstructorForSerialization", Class.class);
        } catch (ReflectiveOperationException e) {
            Logger logger = System.getLogger(SerializationConstructors.class.getName());
            logger.log(Level.INFO, "module jdk.unsupported is absent: values take the slower Java serialization", e);
        }
        FACTORY = factory;
        FACTORY_METHOD = method;
    }

    private SerializationConstructors() {}

    /** The constructor of a serializable class, or null if there is none that the class may use. */
    static @Nullable Constructor<?> of(Class<?> type) {
        Method method = FACTORY_METHOD;
        if (method == null) {
            return null;
        }
        try {
            return (Constructor<?>) method.invoke(FACTORY, type);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }
}
