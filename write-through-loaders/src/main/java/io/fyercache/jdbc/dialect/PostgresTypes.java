package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.ColumnType;
import java.sql.Types;
import java.util.function.Function;

/**
 * Column types that are PostgreSQL's own, to be given to the builder's {@code columnType}.
 *
 * <p>What PostgreSQL shares with others is in {@link io.fyercache.jdbc.mapping.ColumnTypes}: {@code text} and
 * {@code bytea}, of any length, need nothing of this.
 */
public final class PostgresTypes {

    private PostgresTypes() {}

    /**
     * A class in a column that PostgreSQL reads and writes as text, whatever its type: {@code json}, {@code jsonb},
     * {@code inet}, {@code interval}, {@code citext}, a range, an enumeration.
     *
     * <pre>{@code
     * .columnType(PostgresTypes.text(Preferences.class, Preferences::toJson, Preferences::ofJson))
     * }</pre>
     */
    public static <T> ColumnType<T> text(Class<T> javaType, Function<T, String> toText, Function<String, T> fromText) {
        return ColumnType.of(
                javaType,
                Types.OTHER,
                // Of no type that the driver says, so that the server takes that of the column.
                (statement, index, value) -> statement.setObject(index, toText.apply(value), Types.OTHER),
                (row, index) -> {
                    String text = row.getString(index);
                    return text == null ? null : fromText.apply(text);
                });
    }

    /** An enumeration of Java's in one of the database's ({@code CREATE TYPE ... AS ENUM}), by the constants' names. */
    public static <E extends Enum<E>> ColumnType<E> enumeration(Class<E> javaType) {
        return text(javaType, Enum::name, name -> Enum.valueOf(javaType, name));
    }
}
