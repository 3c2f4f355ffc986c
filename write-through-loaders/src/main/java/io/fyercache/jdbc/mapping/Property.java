package io.fyercache.jdbc.mapping;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record, or a property of a bean.
 *
 * @param name its name
 * @param type its type, primitive or not
 * @param getter reads it
 */
record Property(String name, Class<?> type, Method getter) {

    /** Its value in an object. */
    @Nullable
    Object get(Object from) {
        try {
            return getter.invoke(from);
        } catch (InvocationTargetException e) {
            throw Shape.failed(getter.getDeclaringClass().getTypeName() + "." + getter.getName() + "() failed", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(getter + " was accessible when the mapping was built", e);
        }
    }
}
