package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.FailureKind;
import io.fyercache.jdbc.dialect.RowOperation;
import io.fyercache.jdbc.dialect.StatementSource;
import io.fyercache.jdbc.mapping.Row;
import io.fyercache.jdbc.through.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes rows in transactions of one connection. Used by one thread. */
record RowTransactions(Connection connection, StatementSource statements, Dialect dialect, RowOperation operation)
        implements Transactions<Row> {

    @Override
    public void commit(List<Row> rows) throws SQLException {
        operation.execute(statements, rows);
        connection.commit();
    }

    @Override
    public FailureKind endFailed(Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
            return FailureKind.DATABASE;
        }
        return FailureKind.gravest(failure, dialect::classify);
    }
}
