package io.fyercache.jdbc.mapping;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column as a user described it by a function, not yet checked.
 *
 * @param setting the builder's method, for faults
 */
record FunctionColumn(String setting, String column, Class<?> type, Function<Object, @Nullable Object> from) {}
