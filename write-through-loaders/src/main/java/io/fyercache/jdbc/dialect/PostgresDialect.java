package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.dialect.RowStatement.Counts;
import io.fyercache.jdbc.dialect.RowStatement.Parameters;
import io.fyercache.jdbc.mapping.Table;
import java.sql.SQLException;
import java.util.Set;

/**
 * PostgreSQL, from 9.5 on: upsert by {@code INSERT ... ON CONFLICT}, any number of keys in one parameter by
 * {@code = ANY(?)}.
 *
 * <p>The key columns need a primary key or a unique constraint, without which PostgreSQL refuses the upsert (SQLSTATE
 * 42P10). A violation of any other unique constraint is the row's error and changes nothing.
 *
 * <p>Immutable and thread-safe.
 */
public final class PostgresDialect extends UpsertingDialect {

    /** With the rules for names that the driver reports. */
    public PostgresDialect(IdentifierRules rules) {
        super(rules);
    }

    @Override
    public KeyLookup lookup(Table table, int maxParameters) {
        return ArrayLookup.serves(table)
                ? ArrayLookup.of(new TableSql(rules, table), table.keyColumns())
                : super.lookup(table, maxParameters);
    }

    @Override
    RowOperation upsertOfVersion(Table table) {
        TableSql sql = new TableSql(rules, table);
        return new VersionedWrite(
                new RowStatement(onConflict(sql) + "NOTHING", Parameters.KEY_THEN_VALUES, Counts.ROWS),
                StandardDialect.updateOfVersion(sql),
                null);
    }

    @Override
    RowOperation upsertOfAnyVersion(Table table) {
        TableSql sql = new TableSql(rules, table);
        String update = table.valueColumns().isEmpty()
                ? "NOTHING"
                : "UPDATE SET " + sql.assignments(name -> "EXCLUDED." + name);
        return new RowStatement(onConflict(sql) + update, Parameters.KEY_THEN_VALUES, Counts.ROWS)::execute;
    }

    private static String onConflict(TableSql sql) {
        return sql.insert() + " ON CONFLICT (" + sql.keyNames() + ") DO ";
    }

    @Override
    public String sharedLock() {
        return "FOR SHARE";
    }

    /** By SQLSTATE. {@code ON CONFLICT} leaves nothing to chance, so a unique violation is another constraint's. */
    @Override
    public FailureKind classify(SQLException failure) {
        return StandardDialect.classify(failure, Set.of());
    }
}
