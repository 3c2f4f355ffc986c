package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.RowOperation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * One call of a writer: a connection, the transactions on it, and the collection left as JSR-107 asks.
 *
 * <p>Used once, by one thread.
 */
final class BatchWrite {

    private static final Logger LOG = System.getLogger(BatchWrite.class.getName());

    private final TableAccess<?, ?> access;
    private final Function<TableAccess.Operations, RowOperation> operation;
    private final WriteProgress progress;

    BatchWrite(
            TableAccess<?, ?> access,
            Function<TableAccess.Operations, RowOperation> operation,
            WriteProgress progress) {
        this.access = access;
        this.operation = operation;
        this.progress = progress;
    }

    /** Runs the rows, in order, in batches. Afterwards the progress knows each of them as written or failed. */
    void run(List<NumberedRow> rows, int batchSize) {
        if (rows.isEmpty()) {
            return;
        }
        Connection connection;
        try {
            connection = access.connect();
        } catch (SQLException | RuntimeException e) {
            progress.failed(rows, e);
            return;
        }
        try {
            run(connection, rows, batchSize);
        } finally {
            close(connection);
        }
    }

    private void run(Connection connection, List<NumberedRow> rows, int batchSize) {
        boolean autoCommit;
        RowTransactions transactions;
        try {
            TableAccess.Operations operations = access.operations(connection);
            autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            transactions = new RowTransactions(
                    connection,
                    access.statements(connection),
                    operations.dialect(),
                    operation.apply(operations),
                    progress);
        } catch (SQLException | RuntimeException e) {
            progress.failed(rows, e);
            return;
        }
        if (transactions.run(rows, batchSize) == RowTransactions.Next.GO_ON) {
            restore(connection, autoCommit);
        }
    }

    /**
     * Not after a stop: a rollback may have failed, and turning auto-commit on commits. A pool resets a connection
     * itself.
     */
    private void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            log("restore auto-commit on", e);
        }
    }

    /** What is committed stays committed, so a connection that will not close fails no write. */
    private void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log("close", e);
        }
    }

    private void log(String action, SQLException e) {
        LOG.log(
                Level.WARNING,
                "Could not " + action + " a connection after writing to table "
                        + access.mapping().table().name() + ": " + FailureText.reason(e));
    }

    /** Removes the elements whose rows were committed, by position. */
    static void removeWritten(Collection<?> elements, WriteProgress progress) {
        if (progress.writtenCount() == 0) {
            return;
        }
        if (progress.writtenCount() == elements.size()) {
            elements.clear();
            return;
        }
        Iterator<?> iterator = elements.iterator();
        for (int number = 0; iterator.hasNext(); number++) {
            iterator.next();
            if (progress.isWritten(number)) {
                iterator.remove();
            }
        }
    }
}
