package io.fyercache.jdbc.mapping;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A column type of two functions that need not care for NULL. */
record FunctionColumnType<T>(Class<T> javaType, int sqlType, Binder<T> binder, Reader<T> reader)
        implements ColumnType<T> {

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable T value) throws SQLException {
        if (value == null) {
            statement.setNull(index, sqlType);
        } else {
            binder.bind(statement, index, value);
        }
    }

    @Override
    public @Nullable T read(ResultSet row, int index) throws SQLException {
        T value = reader.read(row, index);
        // wasNull is for the getters of primitives, which answer 0 for NULL.
        return row.wasNull() ? null : value;
    }
}
