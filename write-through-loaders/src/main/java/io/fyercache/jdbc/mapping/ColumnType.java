package io.fyercache.jdbc.mapping;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A Java type's way into a statement's parameter and back out of a column.
 *
 * <p>{@link ColumnTypes#standard()} has those of the JDK's types. Write one for a type of yours (money, JSON, an
 * enumeration by code) and give it to the builder.
 *
 * <p>Thread rule: called by any number of threads at once, so keep no state.
 *
 * @param <T> the Java type; never primitive
 */
public interface ColumnType<T> {

    /** The Java type; the wrapper's class for a primitive. */
    Class<T> javaType();

    /** Sets a parameter; {@code index} counts from 1. */
    void bind(PreparedStatement statement, int index, @Nullable T value) throws SQLException;

    /** Reads a column of the current row, {@code null} for NULL; {@code index} counts from 1. */
    @Nullable
    T read(ResultSet row, int index) throws SQLException;

    /**
     * What equal key values share. Rows of a batched load are matched to their keys by it, so it has to tell values
     * apart exactly where the database's {@code =} does: {@code 1.0} and {@code 1.00} are one number, and with a
     * case-insensitive collation {@code "a"} and {@code "A"} are one text.
     *
     * @return an object with {@code equals} and {@code hashCode}; the value itself unless overridden
     */
    default Object identity(T value) {
        return value;
    }

    /** Sets a parameter to a value that is present. */
    @FunctionalInterface
    interface Binder<T> {
        /** See {@link ColumnType#bind}. */
        void bind(PreparedStatement statement, int index, T value) throws SQLException;
    }

    /** Reads a column; what it returns for NULL is ignored. */
    @FunctionalInterface
    interface Reader<T> {
        /** See {@link ColumnType#read}. */
        @Nullable
        T read(ResultSet row, int index) throws SQLException;
    }

    /**
     * A column type of two functions.
     *
     * @param sqlType the constant of {@link java.sql.Types} that NULL is sent as
     */
    static <T> ColumnType<T> of(Class<T> javaType, int sqlType, Binder<T> binder, Reader<T> reader) {
        return new FunctionColumnType<>(javaType, sqlType, binder, reader);
    }
}
