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

    private final long version;

    /** Of as many values as value columns; {@code version} is 0 where rows have none. */
    Row(RowKey key, List<Column<?>> columns, List<@Nullable Object> values, long version) {
        this.key = key;
        this.columns = columns;
        this.values = values;
        this.version = version;
    }

    /** A row of which only the key matters. */
    public static Row of(RowKey key) {
        return new Row(key, List.of(), List.of(), 0);
    }

    /** The values of its key columns. */
    public RowKey key() {
        return key;
    }

    /** The version that it will have, from 0; 0 where the table has no version column. */
    public long version() {
        return version;
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
