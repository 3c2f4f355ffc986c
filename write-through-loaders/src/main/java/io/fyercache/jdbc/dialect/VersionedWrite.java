package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Row;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that count their changes: version 0 is inserted, version <i>n</i> replaces version <i>n</i> - 1.
 *
 * <p>In a batch, a row that meets no row of the table fails the whole with a {@link VersionConflict}, and the writer's
 * halves find it.
 *
 * @param insert inserts, or changes nothing where there is a row
 * @param update updates the row of the version before
 * @param exists finds the row of a key, if an insert fails where there is one; else null
 */
record VersionedWrite(
        RowStatement insert, RowStatement update, @Nullable String exists) implements RowOperation {

    @Override
    public void execute(StatementSource statements, List<Row> rows) throws SQLException {
        // In runs, and so in order: one batch may have a key twice, first new and then changed.
        int from = 0;
        for (int to = 1; to <= rows.size(); to++) {
            if (to == rows.size() || isNew(rows.get(to)) != isNew(rows.get(from))) {
                run(statements, rows.subList(from, to));
                from = to;
            }
        }
    }

    private static boolean isNew(Row row) {
        return row.version() == 0;
    }

    private void run(StatementSource statements, List<Row> rows) throws SQLException {
        Row first = rows.get(0);
        // Asked for a single row only: of a batch that fails, each row at fault becomes one.
        if (isNew(first) && rows.size() == 1 && exists != null && exists(statements, exists, first)) {
            throw new VersionConflict(first.version());
        }
        int[] counts = (isNew(first) ? insert : update).execute(statements, rows);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == Statement.SUCCESS_NO_INFO) {
                throw new SQLException("the driver does not count the rows of a batch; they are written one by one");
            }
            if (counts[i] == 0) {
                throw new VersionConflict(rows.get(i).version());
            }
        }
    }

    private static boolean exists(StatementSource statements, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = statements.prepare(sql)) {
            row.key().bind(statement, 1);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }
}
