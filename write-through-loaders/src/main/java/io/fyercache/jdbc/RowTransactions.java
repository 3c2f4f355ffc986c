package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.FailureKind;
import io.fyercache.jdbc.dialect.RowOperation;
import io.fyercache.jdbc.dialect.StatementSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in transactions, and finds the rows at fault when one fails.
 *
 * <p>A batch that fails is rolled back and its halves are run instead, and so on: {@code k} bad rows among {@code n}
 * cost about {@code 2k log2(n)} transactions, where row by row costs {@code n}. Savepoints would cost a round trip for
 * each row that is good, and the update counts of a failed batch mean different things to different drivers.
 *
 * <p>Used by one thread.
 */
final class RowTransactions {

    /** Three: whoever loses twice in a row has met contention that only smaller transactions or waiting mend. */
    static final int MAX_ATTEMPTS = 3;

    /** Whether there is a point in going on with further rows. */
    enum Next {
        GO_ON,
        STOP
    }

    private final Connection connection;
    private final StatementSource statements;
    private final Dialect dialect;
    private final RowOperation operation;
    private final WriteProgress progress;

    RowTransactions(
            Connection connection,
            StatementSource statements,
            Dialect dialect,
            RowOperation operation,
            WriteProgress progress) {
        this.connection = connection;
        this.statements = statements;
        this.dialect = dialect;
        this.operation = operation;
        this.progress = progress;
    }

    /** Writes the rows, in order, so many in a transaction. After a stop the rest counts as failed. */
    Next run(List<NumberedRow> rows, int batchSize) {
        for (int from = 0; from < rows.size(); from += batchSize) {
            int to = Math.min(rows.size(), from + batchSize);
            if (write(rows.subList(from, to)) == Next.STOP) {
                progress.stopped(rows);
                return Next.STOP;
            }
        }
        return Next.GO_ON;
    }

    private Next write(List<NumberedRow> rows) {
        for (int attempt = 1; ; attempt++) {
            try {
                operation.execute(
                        statements, rows.stream().map(NumberedRow::row).toList());
                connection.commit();
                progress.written(rows);
                return Next.GO_ON;
            } catch (SQLException | RuntimeException e) {
                FailureKind kind = isRolledBack(e) ? kindOf(e) : FailureKind.DATABASE;
                if (kind == FailureKind.DATABASE) {
                    progress.stopping(e);
                    return Next.STOP;
                }
                if (kind == FailureKind.ROW || attempt == MAX_ATTEMPTS) {
                    return split(rows, e);
                }
            }
        }
    }

    private Next split(List<NumberedRow> rows, Exception failure) {
        if (rows.size() == 1) {
            progress.failed(rows, failure);
            return Next.GO_ON;
        }
        int middle = rows.size() / 2;
        Next next = write(rows.subList(0, middle));
        return next == Next.STOP ? next : write(rows.subList(middle, rows.size()));
    }

    private boolean isRolledBack(Exception failure) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    /** The gravest of a chain: the error of a batch carries those of its rows. */
    private FailureKind kindOf(Exception failure) {
        Set<FailureKind> kinds = EnumSet.of(FailureKind.ROW);
        SQLException first = firstOf(failure);
        if (first != null) {
            for (Throwable link : first) {
                if (link instanceof SQLException e) {
                    kinds.add(dialect.classify(e));
                }
            }
        }
        if (kinds.contains(FailureKind.DATABASE)) {
            return FailureKind.DATABASE;
        }
        return kinds.contains(FailureKind.RETRYABLE) ? FailureKind.RETRYABLE : FailureKind.ROW;
    }

    /** The mapping's exceptions carry the driver's. */
    private static @Nullable SQLException firstOf(Exception failure) {
        if (failure instanceof SQLException e) {
            return e;
        }
        return failure.getCause() instanceof SQLException cause ? cause : null;
    }
}
