package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.RowOperation;
import io.fyercache.jdbc.fence.Fenced;
import io.fyercache.jdbc.fence.WriterFence;
import io.fyercache.jdbc.mapping.Row;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.through.FailureText;
import io.fyercache.jdbc.through.HalvedBatches;
import io.fyercache.jdbc.through.Numbered;
import io.fyercache.jdbc.through.WriteProgress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * One call of a writer: a connection, and the transactions on it.
 *
 * <p>Used once, by one thread.
 */
final class BatchWrite {

    private static final Logger LOG = System.getLogger(BatchWrite.class.getName());

    private final TableAccess<?, ?> access;
    private final WriterFence fence;
    private final Function<TableAccess.Operations, RowOperation> operation;
    private final WriteProgress<RowKey> progress;

    BatchWrite(
            TableAccess<?, ?> access,
            WriterFence fence,
            Function<TableAccess.Operations, RowOperation> operation,
            WriteProgress<RowKey> progress) {
        this.access = access;
        this.fence = fence;
        this.operation = operation;
        this.progress = progress;
    }

    /** Runs the rows, in order, in batches. Afterwards the progress knows each of them as written or failed. */
    void run(List<Numbered<RowKey, Fenced<Row>>> rows, int batchSize) {
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

    private void run(Connection connection, List<Numbered<RowKey, Fenced<Row>>> rows, int batchSize) {
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
                    fence,
                    operation.apply(operations));
        } catch (SQLException | RuntimeException e) {
            progress.failed(rows, e);
            return;
        }
        if (new HalvedBatches<>(transactions, progress).run(rows, batchSize) == HalvedBatches.Next.GO_ON) {
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
}
