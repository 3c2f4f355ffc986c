package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.ColumnTypes;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.mapping.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Selects by arrays of keys, one parameter for each key column: one statement text for any number of keys, whose plan
 * the server keeps, and no limit of parameters.
 *
 * @param select the text up to and with {@code WHERE} and a space
 * @param single the condition for one key
 * @param several the condition for several keys
 * @param elementTypes for each key column PostgreSQL's name of its type
 */
record ArrayLookup(String select, String single, String several, List<String> elementTypes) implements KeyLookup {

    /** 10,000 keys: the driver holds the rows that it found, and the keys, in memory. */
    static final int MAX_KEYS = 10_000;

    /** The types of most keys. Others go the way of {@link InLookup}. */
    private static final Map<Class<?>, String> ELEMENT_TYPES = Map.of(
            Short.class, "int2",
            Integer.class, "int4",
            Long.class, "int8",
            String.class, "text",
            UUID.class, "uuid");

    /** Whether all key columns are of types that arrays can hold, and bound the standard way. */
    static boolean serves(Table table) {
        return table.keyColumns().stream().allMatch(ArrayLookup::serves);
    }

    private static boolean serves(Column<?> column) {
        ColumnType<?> type = column.type();
        return ELEMENT_TYPES.containsKey(type.javaType())
                && type == ColumnTypes.standard().find(type.javaType());
    }

    static ArrayLookup of(TableSql sql, List<Column<?>> keyColumns) {
        String several = keyColumns.size() == 1
                ? sql.keyNames() + " = ANY(?)"
                : "(" + sql.keyNames() + ") IN (SELECT * FROM UNNEST(" + TableSql.parameters(keyColumns.size()) + "))";
        return new ArrayLookup(
                sql.selectWhere(),
                sql.keyEquals(),
                several,
                keyColumns.stream()
                        .map(column -> ELEMENT_TYPES.get(column.type().javaType()))
                        .toList());
    }

    @Override
    public int keysPerStatement() {
        return MAX_KEYS;
    }

    @Override
    public String sql(int keys) {
        return select + (keys == 1 ? single : several);
    }

    @Override
    public void bind(PreparedStatement statement, List<RowKey> keys) throws SQLException {
        if (keys.size() == 1) {
            keys.get(0).bind(statement, 1);
            return;
        }
        Connection connection = statement.getConnection();
        for (int i = 0; i < elementTypes.size(); i++) {
            int column = i;
            Object[] values = keys.stream().map(key -> key.value(column)).toArray();
            statement.setArray(i + 1, connection.createArrayOf(elementTypes.get(i), values));
        }
    }
}
