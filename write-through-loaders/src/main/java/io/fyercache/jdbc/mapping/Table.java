package io.fyercache.jdbc.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a mapping uses it. A row is selected in this order: key columns, value columns, read-only columns.
 *
 * @param name the table
 * @param keyColumns the columns that make a row unique, at least one; in SQL terms a primary key or unique constraint
 * @param valueColumns the other columns that a writer sets; may be empty
 * @param readOnlyColumns columns that are selected and never set; may be empty
 * @param versionColumn the one of the value columns that counts a row's changes, or null
 */
public record Table(
        TableName name,
        List<Column<?>> keyColumns,
        List<Column<?>> valueColumns,
        List<Identifier> readOnlyColumns,
        @Nullable Column<?> versionColumn) {

    /** Copies the lists. */
    public Table {
        keyColumns = List.copyOf(keyColumns);
        valueColumns = List.copyOf(valueColumns);
        readOnlyColumns = List.copyOf(readOnlyColumns);
    }

    /** All columns, in the order in which a row is selected. */
    public List<Identifier> selectedColumns() {
        List<Identifier> all = new ArrayList<>();
        keyColumns.forEach(column -> all.add(column.name()));
        valueColumns.forEach(column -> all.add(column.name()));
        all.addAll(readOnlyColumns);
        return all;
    }
}
