package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Row;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An upsert of two standard statements: rows that an update does not find are inserted.
 *
 * <p>Between the two another transaction may insert the same key. Then the insert violates the key's constraint, which
 * {@link StandardDialect#classify} calls retryable: run again, the update finds the row.
 */
record UpdateThenInsert(RowStatement update, RowStatement insert) implements RowOperation {

    @Override
    public void execute(StatementSource statements, List<Row> rows) throws SQLException {
        int[] updated = update.execute(statements, rows);
        List<Row> missing = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            Row row = rows.get(i);
            int count = updated[i];
            // Some drivers do not count in batches; asked for one row they do.
            if (count == Statement.SUCCESS_NO_INFO) {
                count = update.execute(statements, List.of(row))[0];
            }
            if (count == 0) {
                missing.add(row);
            }
        }
        if (!missing.isEmpty()) {
            insert.execute(statements, missing);
        }
    }
}
