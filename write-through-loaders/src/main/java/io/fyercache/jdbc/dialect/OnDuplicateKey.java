package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.Identifier;
import io.fyercache.jdbc.mapping.Row;
import io.fyercache.jdbc.mapping.Table;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT ... ON DUPLICATE KEY UPDATE}, where the key columns are the table's only unique key; else another way.
 *
 * <p>Without a unique key on the key columns it would insert a second row. With another unique key it might update the
 * row of another entry, and say nothing. Which unique keys a table has is asked once, before the first row; whoever
 * adds one afterwards has to open the cache anew.
 *
 * <p>Thread-safe.
 */
final class OnDuplicateKey implements RowOperation {

    private static final String UNIQUE_KEYS = "SELECT index_name, column_name, sub_part"
            + " FROM information_schema.statistics"
            + " WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND non_unique = 0";

    private final RowStatement upsert;
    private final RowOperation otherwise;
    private final Table table;

    /** Two threads may ask at once, and learn the same. */
    private volatile @Nullable RowOperation chosen;

    OnDuplicateKey(RowStatement upsert, RowOperation otherwise, Table table) {
        this.upsert = upsert;
        this.otherwise = otherwise;
        this.table = table;
    }

    @Override
    public void execute(StatementSource statements, List<Row> rows) throws SQLException {
        RowOperation known = chosen;
        if (known == null) {
            known = isKeyTheOnlyOne(uniqueKeys(statements)) ? upsert::execute : otherwise;
            chosen = known;
        }
        known.execute(statements, rows);
    }

    /** A key that holds all key columns, and more, is violated only where they are. */
    private boolean isKeyTheOnlyOne(Map<String, Set<String>> uniqueKeys) {
        Set<String> own = table.keyColumns().stream()
                .map(Column::name)
                .map(Identifier::name)
                .map(OnDuplicateKey::folded)
                .collect(Collectors.toSet());
        return uniqueKeys.containsValue(own)
                && uniqueKeys.values().stream().allMatch(columns -> columns.containsAll(own));
    }

    /** The columns of each unique key. */
    private Map<String, Set<String>> uniqueKeys(StatementSource statements) throws SQLException {
        List<Identifier> path = table.name().path();
        Map<String, Set<String>> keys = new HashMap<>();
        try (PreparedStatement statement = statements.prepare(UNIQUE_KEYS)) {
            statement.setString(
                    1, path.size() == 1 ? null : path.get(path.size() - 2).name());
            statement.setString(2, path.get(path.size() - 1).name());
            try (ResultSet columns = statement.executeQuery()) {
                while (columns.next()) {
                    // A key on the beginning of a text is no key on the text.
                    boolean whole = columns.getString(3) == null;
                    String column = columns.getString(2);
                    keys.computeIfAbsent(columns.getString(1), key -> new HashSet<>())
                            .add(whole && column != null ? folded(column) : "");
                }
            }
        }
        return keys;
    }

    /** Columns are found whatever their case. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
