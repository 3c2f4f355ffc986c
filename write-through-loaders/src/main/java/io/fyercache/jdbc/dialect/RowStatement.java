package io.fyercache.jdbc.dialect;

import io.fyercache.jdbc.mapping.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.List;

/**
 * A statement that is run once for each row, as a batch where there are several.
 *
 * @param sql the text
 * @param parameters which of a row's columns the parameters are
 * @param counts what the statement's figures mean
 */
record RowStatement(String sql, Parameters parameters, Counts counts) {

    /** SQL's state for a change that concerns one row and met several. */
    private static final String CARDINALITY_VIOLATION = "21000";

    /** A row's columns in the order of a statement's parameters. */
    enum Parameters {
        KEY {
            @Override
            void bind(PreparedStatement statement, Row row) {
                row.key().bind(statement, 1);
            }
        },
        KEY_THEN_VALUES {
            @Override
            void bind(PreparedStatement statement, Row row) {
                row.bindValues(statement, row.key().bind(statement, 1));
            }
        },
        VALUES_THEN_KEY {
            @Override
            void bind(PreparedStatement statement, Row row) {
                row.key().bind(statement, row.bindValues(statement, 1));
            }
        },
        VALUES_THEN_KEY_AND_VERSION_BEFORE {
            @Override
            void bind(PreparedStatement statement, Row row) throws SQLException {
                statement.setLong(row.key().bind(statement, row.bindValues(statement, 1)), row.version() - 1);
            }
        };

        abstract void bind(PreparedStatement statement, Row row) throws SQLException;
    }

    /** What a database says of one row's change. */
    enum Counts {
        /** How many rows of the table it met, which has to be one at most. */
        ROWS,
        /** Anything: MariaDB counts an updated row twice. */
        ANYTHING
    }

    /**
     * Runs it; returns for each row how many rows of the table it changed, or {@link Statement#SUCCESS_NO_INFO}.
     *
     * @throws SQLException if a row was refused, or more than one row of the table has a key
     */
    int[] execute(StatementSource statements, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = statements.prepare(sql)) {
            int[] changed = rows.size() == 1 ? one(statement, rows.get(0)) : batch(statement, rows);
            for (int count : changed) {
                if (counts == Counts.ROWS && count > 1) {
                    throw new SQLIntegrityConstraintViolationException(
                            count + " rows have the same key (expected: 1 at most);"
                                    + " make the key columns a primary key or unique",
                            CARDINALITY_VIOLATION);
                }
            }
            return changed;
        }
    }

    /** Not as a batch: drivers bury a single row's error in a {@code BatchUpdateException}. */
    private int[] one(PreparedStatement statement, Row row) throws SQLException {
        parameters.bind(statement, row);
        return new int[] {statement.executeUpdate()};
    }

    private int[] batch(PreparedStatement statement, List<Row> rows) throws SQLException {
        for (Row row : rows) {
            parameters.bind(statement, row);
            statement.addBatch();
        }
        return statement.executeBatch();
    }
}
