package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.dialect.RowStatement.Counts;
import io.fyercache.jdbc.dialect.RowStatement.Parameters;
import io.fyercache.jdbc.mapping.Table;
import java.sql.SQLException;
import java.util.Set;

/**
 * MariaDB, and MySQL, which agree on all that is needed here: upsert by {@code INSERT ... ON DUPLICATE KEY UPDATE}
 * where that is safe, composite keys by {@code (a, b) IN ((?, ?), ...)}.
 *
 * <p>{@code ON DUPLICATE KEY} takes <em>any</em> unique key for the row's own: an entry whose e-mail address belongs to
 * another row would overwrite that one. So it is used for tables without further unique keys, and others are updated,
 * then inserted into, as in {@link StandardDialect}. See {@link OnDuplicateKey}.
 *
 * <p>Immutable and thread-safe.
 */
public final class MariaDbDialect extends UpsertingDialect {

    /**
     * A row changed between two looks of one transaction (1020); somebody inserted the key between an update and an
     * insert (1062, 1586).
     */
    private static final Set<Integer> RETRYABLE_CODES = Set.of(1020, 1062, 1586);

    /** Any constraint, the unique ones above among them. */
    private static final String INTEGRITY_CONSTRAINT = "23000";

    /**
     * Errors of every row in class HY, which holds anything: disk full (1021), no memory (1037, 1038), no locks left
     * (1206), table full (1114), lock wait timed out (1205), server read-only (1290, 1836), no default database (1046).
     * A lock that was not to be had has cost its time already.
     */
    private static final Set<Integer> DATABASE_CODES = Set.of(1021, 1037, 1038, 1046, 1114, 1205, 1206, 1290, 1836);

    /** Class 70: interrupted, or the statement took too long. */
    private static final String INTERRUPTED_CLASS = "70";

    /** With the rules for names that the driver reports. */
    public MariaDbDialect(IdentifierRules rules) {
        super(rules);
    }

    @Override
    RowOperation upsertOfAnyVersion(Table table) {
        TableSql sql = new TableSql(rules, table);
        // An update that changes nothing, where there is nothing but the key.
        String update =
                table.valueColumns().isEmpty() ? sql.assignments() : sql.assignments(name -> "VALUES(" + name + ")");
        String upsert = sql.insert() + " ON DUPLICATE KEY UPDATE " + update;
        return new OnDuplicateKey(
                new RowStatement(upsert, Parameters.KEY_THEN_VALUES, Counts.ANYTHING), standard.upsert(table), table);
    }

    @Override
    public String sharedLock() {
        return "LOCK IN SHARE MODE";
    }

    /** By the server's error numbers and by SQLSTATE. */
    @Override
    public FailureKind classify(SQLException failure) {
        if (RETRYABLE_CODES.contains(failure.getErrorCode())) {
            return FailureKind.RETRYABLE;
        }
        String state = failure.getSQLState();
        if (INTEGRITY_CONSTRAINT.equals(state)) {
            return FailureKind.ROW;
        }
        boolean interrupted = state != null && state.startsWith(INTERRUPTED_CLASS);
        return interrupted || DATABASE_CODES.contains(failure.getErrorCode())
                ? FailureKind.DATABASE
                : standard.classify(failure);
    }
}
