package io.fyercache.jdbc.mapping;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of the current row, for classes that are not records.
 *
 * <p>Thread rule: called by any number of threads at once.
 *
 * @param <V> the cache's value type
 */
@FunctionalInterface
public interface RowReader<V> {

    /**
     * Reads the value. Columns are found by the names given to the builder. Leave the cursor where it is.
     *
     * @return the value; {@code null} if the row counts as absent
     * @throws SQLException if a column cannot be read; the load then fails
     */
    @Nullable
    V read(ResultSet row) throws SQLException;
}
