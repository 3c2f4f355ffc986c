package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.Identifier;
import io.fyercache.jdbc.mapping.Table;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The pieces of SQL text that name a table and its columns, quoted. */
final class TableSql {

    private final IdentifierRules rules;
    private final Table table;

    TableSql(IdentifierRules rules, Table table) {
        this.rules = rules;
        this.table = table;
    }

    String name() {
        return rules.quote(table.name());
    }

    /** {@code SELECT "ID", "NAME" FROM "PERSON" WHERE }. */
    String selectWhere() {
        return "SELECT " + names(table.selectedColumns()) + " FROM " + name() + " WHERE ";
    }

    /** {@code INSERT INTO "ORDER_LINE" ("ORDER_ID", "LINE", "PRICE") VALUES (?, ?, ?)}. */
    String insert() {
        return "INSERT INTO " + name() + " (" + writtenNames() + ") VALUES (" + writtenParameters() + ")";
    }

    /** {@code "PRICE" = EXCLUDED."PRICE"}, for each value column by a function of its quoted name. */
    String assignments(UnaryOperator<String> value) {
        return table.valueColumns().stream()
                .map(column -> rules.quote(column.name()))
                .map(name -> name + " = " + value.apply(name))
                .collect(Collectors.joining(", "));
    }

    /** {@code "VERSION"}; the table has a version column. */
    String versionName() {
        Column<?> version = table.versionColumn();
        if (version == null) {
            throw new IllegalStateException("table " + table.name() + " has no version column");
        }
        return rules.quote(version.name());
    }

    /** Of how many columns a key is. */
    int keyWidth() {
        return table.keyColumns().size();
    }

    /** {@code "ORDER_ID" = ? AND "LINE" = ?}. */
    String keyEquals() {
        return equals(table.keyColumns(), " AND ");
    }

    /** {@code "ORDER_ID", "LINE"}. */
    String keyNames() {
        return names(identifiers(table.keyColumns()));
    }

    /** {@code "ORDER_ID", "LINE", "PRICE"}. */
    String writtenNames() {
        return table.valueColumns().isEmpty()
                ? keyNames()
                : keyNames() + ", " + names(identifiers(table.valueColumns()));
    }

    /** As many parameters as {@link #writtenNames()} has names: {@code ?, ?, ?}. */
    String writtenParameters() {
        return parameters(table.keyColumns().size() + table.valueColumns().size());
    }

    /** {@code "PRICE" = ?}; without value columns the key's first is set to itself, so that a row is still counted. */
    String assignments() {
        if (!table.valueColumns().isEmpty()) {
            return equals(table.valueColumns(), ", ");
        }
        String key = rules.quote(table.keyColumns().get(0).name());
        return key + " = " + key;
    }

    static String parameters(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private String equals(List<Column<?>> columns, String separator) {
        return columns.stream()
                .map(column -> rules.quote(column.name()) + " = ?")
                .collect(Collectors.joining(separator));
    }

    private String names(List<Identifier> columns) {
        return columns.stream().map(rules::quote).collect(Collectors.joining(", "));
    }

    private static List<Identifier> identifiers(List<Column<?>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.toList());
    }
}
