package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.ColumnType;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.function.Function;

/** Column types that are H2's own, to be given to the builder's {@code columnType}. */
public final class H2Types {

    private H2Types() {}

    /** A class in a column of type {@code json}, as its text. */
    public static <T> ColumnType<T> json(Class<T> javaType, Function<T, String> toText, Function<String, T> fromText) {
        return ColumnType.of(
                javaType,
                Types.OTHER,
                // Text would become a string of JSON; bytes are a document.
                (statement, index, value) ->
                        statement.setBytes(index, toText.apply(value).getBytes(StandardCharsets.UTF_8)),
                (row, index) -> {
                    String text = row.getString(index);
                    return text == null ? null : fromText.apply(text);
                });
    }
}
