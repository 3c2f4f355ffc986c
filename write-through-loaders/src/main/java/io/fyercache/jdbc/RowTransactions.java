package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.FailureKind;
import io.fyercache.jdbc.dialect.RowOperation;
import io.fyercache.jdbc.dialect.StatementSource;
import io.fyercache.jdbc.fence.Fenced;
import io.fyercache.jdbc.fence.WriterFence;
import io.fyercache.jdbc.mapping.Row;
import io.fyercache.jdbc.through.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes rows in transactions of one connection, each behind the fence first. Used by one thread. */
record RowTransactions(
        Connection connection, StatementSource statements, Dialect dialect, WriterFence fence, RowOperation operation)
        implements Transactions<Fenced<Row>> {

    @Override
    public void commit(List<Fenced<Row>> rows) throws SQLException {
        fence.hold(connection, statements, any -> dialect, rows);
        operation.execute(statements, Fenced.items(rows));
        connection.commit();
        fence.committed(rows);
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
