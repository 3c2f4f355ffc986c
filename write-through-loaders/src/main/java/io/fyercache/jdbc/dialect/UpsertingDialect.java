package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Table;

/**
 * A database that has a statement of its own for upserts, and takes composite keys as {@code (a, b) IN ((?, ?), ...)}. In all else it goes by the
 * standard, unless it knows better.
 *
 * <p>Immutable and thread-safe.
 */
abstract class UpsertingDialect implements Dialect {

    final IdentifierRules rules;
    final StandardDialect standard;

    UpsertingDialect(IdentifierRules rules) {
        this.rules = rules;
        this.standard = new StandardDialect(rules);
    }

    @Override
    public KeyLookup lookup(Table table, int maxParameters) {
        return InLookup.byRowValues(new TableSql(rules, table), maxParameters);
    }

    @Override
    public final RowOperation upsert(Table table) {
        return table.versionColumn() == null ? upsertOfAnyVersion(table) : upsertOfVersion(table);
    }

    /** The upsert of a table that counts no versions: a row is replaced whatever it is. */
    abstract RowOperation upsertOfAnyVersion(Table table);

    /** The upsert of a table that counts versions, which an upsert by itself does not look at. */
    RowOperation upsertOfVersion(Table table) {
        return standard.upsert(table);
    }

    @Override
    public RowOperation delete(Table table) {
        return standard.delete(table);
    }
}
