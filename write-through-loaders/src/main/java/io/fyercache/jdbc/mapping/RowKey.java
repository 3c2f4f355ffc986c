package io.fyercache.jdbc.mapping;

import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The values of a row's key columns. Two are equal where the database finds them equal, by
 * {@link ColumnType#identity}.
 *
 * <p>Immutable and thread-safe.
 */
public final class RowKey {

    /** An order of the keys of one table: by their columns, and these by {@link ValueOrder}. */
    public static final Comparator<RowKey> ORDER = RowKey::compare;

    private final List<Column<?>> columns;
    private final List<Object> values;
    private final List<Object> identities;

    /** Of as many values as columns, none of them null. */
    RowKey(List<Column<?>> columns, List<Object> values) {
        this.columns = columns;
        this.values = values;
        this.identities = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            identities.add(columns.get(i).identity(values.get(i)));
        }
    }

    /** Sets one parameter per key column, the first at {@code index}; returns the index after the last. */
    public int bind(PreparedStatement statement, int index) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).bind(statement, index + i, values.get(i));
        }
        return index + columns.size();
    }

    /** The value of a key column, {@code column} counting from 0. */
    public Object value(int column) {
        return values.get(column);
    }

    /** The values of the key columns, in their order. */
    List<Object> values() {
        return values;
    }

    boolean hasValue(int column, Object value) {
        return identities.get(column).equals(columns.get(column).identity(value));
    }

    private static int compare(RowKey one, RowKey other) {
        int result = 0;
        for (int i = 0; result == 0 && i < one.identities.size(); i++) {
            result = ValueOrder.INSTANCE.compare(one.identities.get(i), other.identities.get(i));
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey that && identities.equals(that.identities);
    }

    @Override
    public int hashCode() {
        return identities.hashCode();
    }

    /**
     * The key for messages: {@code order_id=7, line=3}; shortened, control characters escaped so that a key cannot
     * forge a line of the log.
     */
    @Override
    public String toString() {
        ShownKey text = new ShownKey();
        for (int i = 0; i < columns.size() && !text.isFull(); i++) {
            text.name((i == 0 ? "" : ", ") + columns.get(i) + '=');
            text.value(values.get(i));
        }
        return text.toString();
    }
}
