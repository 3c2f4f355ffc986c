package io.fyercache.jdbc.through;

import io.fyercache.jdbc.dialect.FailureKind;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes what it is given in transactions.
 *
 * <p>Used by one thread.
 *
 * @param <T> what is written or deleted
 */
public interface Transactions<T> {

    /**
     * Writes all, in order, in one transaction, and commits it.
     *
     * @param items at least one
     * @throws SQLException if anything was refused; {@link #endFailed} is called next
     */
    void commit(List<T> items) throws SQLException;

    /** Ends the transaction that has failed, so that nothing of it is left, and says whom the failure concerns. */
    FailureKind endFailed(Exception failure);
}
