package io.fyercache.jdbc.mapping;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class whose properties are columns.
 *
 * <p>Immutable and thread-safe.
 */
sealed interface Shape permits RecordShape, BeanShape {

    /** The class. */
    Class<?> type();

    /** Its properties, in an order that stays. */
    List<Property> properties();

    /** An object with these values, one for each property in their order. */
    Object create(@Nullable Object[] values);

    /** The user's exception becomes a cause; an error, such as running out of memory, goes on as it is. */
    static MappingException failed(String message, InvocationTargetException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return new MappingException(message, failure.getCause());
    }
}
