package io.fyercache.jdbc.mapping;

import java.sql.PreparedStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row to be written, or to be deleted.
 *
 * <p>Immutable and thread-safe, as far as its values are.
 */
public final class Row {

    private final RowKey key;
    private final List<Column<?>> columns;
    private final List<@Nullable Object> values;

    /** Of as many values as value columns. */
    Row(RowKey key, List<Column<?>> columns, List<@Nullable Object> values) {
        this.key = key;
        this.columns = columns;
        this.values = values;
    }

    /** A row of which only the key matters. */
    public static Row of(RowKey key) {
        return new Row(key, List.of(), List.of());
    }

    /** The values of its key columns. */
    public RowKey key() {
        return key;
    }

    /** Sets one parameter per value column, the first at {@code index}; returns the index after the last. */
    public int bindValues(PreparedStatement statement, int index) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).bind(statement, index + i, values.get(i));
        }
        return index + columns.size();
    }

    /** The key, and no value. */
    @Override
    public String toString() {
        return key.toString();
    }
}
