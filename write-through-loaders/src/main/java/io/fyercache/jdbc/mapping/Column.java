package io.fyercache.jdbc.mapping;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A column and the Java type that it holds.
 *
 * @param name the column's name
 * @param type the way of its values
 * @param <T> the Java type
 */
public record Column<T>(Identifier name, ColumnType<T> type) {

    /**
     * Sets a parameter, {@code index} counting from 1.
     *
     * @throws MappingException if the value is of another type or the driver refuses it
     */
    public void bind(PreparedStatement statement, int index, @Nullable Object value) {
        try {
            type.bind(statement, index, value == null ? null : type.javaType().cast(value));
        } catch (SQLException | RuntimeException e) {
            throw new MappingException("column " + name + " cannot be set from " + typeName() + expectation(e), e);
        }
    }

    /**
     * Reads the column of the current row, {@code index} counting from 1.
     *
     * @throws MappingException if the value cannot be read as the Java type
     */
    public @Nullable T read(ResultSet row, int index) {
        try {
            return type.read(row, index);
        } catch (SQLException | RuntimeException e) {
            throw new MappingException("column " + name + " cannot be read as " + typeName() + expectation(e), e);
        }
    }

    /** The {@linkplain ColumnType#identity identity} of a value of this column. */
    Object identity(Object value) {
        return type.identity(type.javaType().cast(value));
    }

    String typeName() {
        return type.javaType().getTypeName();
    }

    /** Only our own types' words: others may quote the value. */
    private static String expectation(Exception failure) {
        return failure instanceof UnexpectedValueException ? " (expected: " + failure.getMessage() + ")" : "";
    }

    /** The column's name. */
    @Override
    public String toString() {
        return name.toString();
    }
}
