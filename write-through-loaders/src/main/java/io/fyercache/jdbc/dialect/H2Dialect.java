package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.dialect.RowStatement.Counts;
import io.fyercache.jdbc.dialect.RowStatement.Parameters;
import io.fyercache.jdbc.mapping.Table;
import java.sql.SQLException;
import java.util.Set;

/**
 * H2: upsert by {@code MERGE}, composite keys by {@code (a, b) IN ((?, ?), ...)}.
 *
 * <p>Immutable and thread-safe.
 */
public final class H2Dialect extends UpsertingDialect {

    /** {@code CONCURRENT_UPDATE_1}: another transaction inserted or changed the row while {@code MERGE} ran. */
    private static final Set<String> RETRYABLE_STATES = Set.of("90131");

    /**
     * H2's own states for a database out of reach: cannot be opened (90013, 90020, 90030, 90046), file trouble (90028,
     * 90031), connection broken (90067), closed or closing (90007, 90098, 90121), out of memory (90108), read-only
     * (90097), no privilege (90096).
     */
    private static final Set<String> DATABASE_STATES = Set.of(
            "90007", "90013", "90020", "90028", "90030", "90031", "90046", "90067", "90096", "90097", "90098", "90108",
            "90121");

    /** With the rules for names of the database's {@code DATABASE_TO_UPPER} and {@code MODE}. */
    public H2Dialect(IdentifierRules rules) {
        super(rules);
    }

    @Override
    RowOperation upsertOfAnyVersion(Table table) {
        TableSql sql = new TableSql(rules, table);
        String merge = "MERGE INTO " + sql.name() + " (" + sql.writtenNames() + ") KEY (" + sql.keyNames()
                + ") VALUES (" + sql.writtenParameters() + ")";
        return new RowStatement(merge, Parameters.KEY_THEN_VALUES, Counts.ROWS)::execute;
    }

    @Override
    public FailureKind classify(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && DATABASE_STATES.contains(state)
                ? FailureKind.DATABASE
                : StandardDialect.classify(failure, RETRYABLE_STATES);
    }
}
