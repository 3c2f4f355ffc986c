package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Row;
import java.sql.SQLException;
import java.util.List;

/**
 * A change to rows of one table, by key.
 *
 * <p>Running it twice has the effect of running it once, as a writer repeats what it rolled back.
 */
@FunctionalInterface
public interface RowOperation {

    /**
     * Changes the rows, in order, inside the transaction of the statements' connection.
     *
     * @param rows at least one
     * @throws SQLException if any row was refused; the caller rolls back
     * @throws io.fyercache.jdbc.mapping.MappingException if a value fits no parameter; the caller rolls back
     */
    void execute(StatementSource statements, List<Row> rows) throws SQLException;
}
