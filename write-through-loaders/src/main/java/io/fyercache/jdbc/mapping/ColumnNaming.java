package io.fyercache.jdbc.mapping;

import java.util.Locale;

/** Names the column of a record component that was given no column of its own. */
@FunctionalInterface
public interface ColumnNaming {

    /** {@code familyName} is column {@code family_name}, {@code homeURL} is {@code home_url}. The default. */
    ColumnNaming SNAKE_CASE = component -> component
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT);

    /** {@code familyName} is column {@code familyName}, which the database folds to its case. */
    ColumnNaming AS_IS = component -> component;

    /** The column, written as {@link Identifier#parse} reads it. */
    String columnOf(String component);
}
