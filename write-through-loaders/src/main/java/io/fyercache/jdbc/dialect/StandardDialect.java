package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.dialect.RowStatement.Counts;
import io.fyercache.jdbc.dialect.RowStatement.Parameters;
import io.fyercache.jdbc.mapping.Table;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Standard SQL alone, for any database: update, then insert; composite keys as {@code (a = ? AND b = ?) OR ...}.
 *
 * <p>Immutable and thread-safe.
 */
public final class StandardDialect implements Dialect {

    /** ISO 9075 classes of SQLSTATE, and X/Open's, that concern every row alike. */
    private static final Set<String> DATABASE_CLASSES = Set.of(
            "08", // connection
            "0A", // feature not supported
            "25", // transaction state, such as read-only
            "28", // authorization
            "3D", // catalog
            "3F", // schema
            "42", // syntax, missing table or column, privilege
            "53", // resources (PostgreSQL)
            "57", // cancelled, timed out, shutting down (PostgreSQL, H2)
            "58"); // system error (PostgreSQL)

    /** Timeouts by X/Open: HYT00, HYT01. The rest of class HY is anything, wrong values among it (MariaDB). */
    private static final String TIMEOUT_PREFIX = "HYT";

    /** Lock not available (PostgreSQL): as a time-out, it has cost its time already. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String TRANSACTION_ROLLBACK_CLASS = "40";

    /** Of the rollback class, and yet no chance: a constraint checked at commit. */
    private static final String ROLLBACK_BY_CONSTRAINT = "40002";

    /** Unique key violated: 23505 by the standard's numbering of PostgreSQL, H2 and Db2; MariaDB has 23000 for all. */
    private static final Set<String> UNIQUE_VIOLATIONS = Set.of("23505", "23000");

    private final IdentifierRules rules;

    /** With a database's rules for names. */
    public StandardDialect(IdentifierRules rules) {
        this.rules = rules;
    }

    @Override
    public KeyLookup lookup(Table table, int maxParameters) {
        return InLookup.byConditions(new TableSql(rules, table), maxParameters);
    }

    @Override
    public RowOperation upsert(Table table) {
        TableSql sql = new TableSql(rules, table);
        if (table.versionColumn() != null) {
            return new VersionedWrite(
                    new RowStatement(sql.insert(), Parameters.KEY_THEN_VALUES, Counts.ROWS),
                    updateOfVersion(sql),
                    sql.selectWhere() + sql.keyEquals());
        }
        String update = "UPDATE " + sql.name() + " SET " + sql.assignments() + " WHERE " + sql.keyEquals();
        return new UpdateThenInsert(
                new RowStatement(update, Parameters.VALUES_THEN_KEY, Counts.ROWS),
                new RowStatement(sql.insert(), Parameters.KEY_THEN_VALUES, Counts.ROWS));
    }

    @Override
    public RowOperation delete(Table table) {
        TableSql sql = new TableSql(rules, table);
        RowStatement delete = new RowStatement(
                "DELETE FROM " + sql.name() + " WHERE " + sql.keyEquals(), Parameters.KEY, Counts.ROWS);
        return delete::execute;
    }

    /** The update of the row that has the version before. */
    static RowStatement updateOfVersion(TableSql sql) {
        return new RowStatement(
                "UPDATE " + sql.name() + " SET " + sql.assignments() + " WHERE " + sql.keyEquals() + " AND "
                        + sql.versionName() + " = ?",
                Parameters.VALUES_THEN_KEY_AND_VERSION_BEFORE,
                Counts.ROWS);
    }

    /** By SQLSTATE, and by JDBC's exception types where a driver gives no state. */
    @Override
    public FailureKind classify(SQLException failure) {
        return classify(failure, UNIQUE_VIOLATIONS);
    }

    /**
     * As {@link #classify(SQLException)}, for an upsert of one statement.
     *
     * @param retryableStates further states that chance explains
     */
    static FailureKind classify(SQLException failure, Set<String> retryableStates) {
        String state = failure.getSQLState();
        if (isTransient(failure, state) || (state != null && retryableStates.contains(state))) {
            return FailureKind.RETRYABLE;
        }
        return concernsAllRows(failure, state) ? FailureKind.DATABASE : FailureKind.ROW;
    }

    private static boolean isTransient(SQLException failure, @Nullable String state) {
        if (state == null) {
            return failure instanceof SQLTransactionRollbackException;
        }
        return state.startsWith(TRANSACTION_ROLLBACK_CLASS) && !state.equals(ROLLBACK_BY_CONSTRAINT);
    }

    private static boolean concernsAllRows(SQLException failure, @Nullable String state) {
        boolean byState = state != null
                && (state.equals(LOCK_NOT_AVAILABLE)
                        || state.startsWith(TIMEOUT_PREFIX)
                        || (state.length() > 1 && DATABASE_CLASSES.contains(state.substring(0, 2))));
        return byState
                || failure instanceof SQLTimeoutException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLSyntaxErrorException
                || failure instanceof SQLFeatureNotSupportedException;
    }
}
