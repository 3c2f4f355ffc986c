package io.fyercache.jdbc.mapping;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a key or of a value, and the column that holds it.
 *
 * @param column the column
 * @param type the part's type as declared, so a primitive stays one
 * @param from gets the part from the key or value
 */
record Part(Column<?> column, Class<?> type, Function<Object, @Nullable Object> from) {

    boolean isSameColumnAs(Part other) {
        return column.name().sameAs(other.column.name());
    }
}
