package io.fyercache.jdbc.feed;

import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.mapping.Column;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.mapping.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the rows of a table whose column has grown. Used by one thread. */
final class PolledTable {

    private final FollowedTable<?> followed;
    private final Column<?> column;
    private final Polling settings;
    private final PollPositions positions;

    /** The rows that the last poll has seen, so that those which are looked at again are not told again. */
    private Map<RowKey, Object> seen = new HashMap<>();

    private boolean begun;

    /** Whether, and when, what was uncommitted at the beginning has ended. */
    private boolean settled;

    private long settledNanos;

    PolledTable(FollowedTable<?> followed, Column<?> column, Polling settings) {
        this.followed = followed;
        this.column = column;
        this.settings = settings;
        this.positions = new PollPositions(settings.longestTransaction().toNanos());
    }

    /** Takes where it stands, the first time. */
    void open(Connection connection, long nowNanos) throws SQLException {
        if (!begun) {
            begin(connection, nowNanos);
        }
    }

    private void begin(Connection connection, long nowNanos) throws SQLException {
        positions.restart(nowNanos, highest(connection));
        seen = new HashMap<>();
        // What is changed and not committed by now may have a lower value, and nobody will look there.
        settled = false;
        settledNanos = nowNanos + settings.longestTransaction().toNanos();
        begun = true;
    }

    /** Notes what has changed since. */
    void poll(Connection connection, long nowNanos) throws SQLException {
        Object highest = highest(connection);
        if (!look(connection, positions.from())) {
            begin(connection, nowNanos);
            followed.everythingChanged();
            return;
        }
        positions.add(nowNanos, highest);
        if (!settled && nowNanos - settledNanos >= 0) {
            settled = true;
            followed.everythingChanged();
        }
    }

    private @Nullable Object highest(Connection connection) throws SQLException {
        IdentifierRules rules = IdentifierRules.of(connection.getMetaData());
        String sql = "SELECT MAX(" + rules.quote(column.name()) + ") FROM " + rules.quote(table().name());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(Polling.STATEMENT_TIMEOUT_SECONDS);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? column.read(row, 1) : null;
            }
        }
    }

    /** Notes rows with a higher value that were not seen before; false if there are too many. */
    private boolean look(Connection connection, @Nullable Object from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(connection, from))) {
            statement.setQueryTimeout(Polling.STATEMENT_TIMEOUT_SECONDS);
            statement.setMaxRows(Polling.MAX_ROWS + 1);
            if (from != null) {
                column.bind(statement, 1, from);
            }
            Map<RowKey, Object> rows = new HashMap<>();
            List<RowKey> changed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RowKey key = followed.mapping().readKey(row);
                    Object value = column.read(row, table().keyColumns().size() + 1);
                    if (value != null) {
                        rows.put(key, value);
                        if (!value.equals(seen.get(key))) {
                            changed.add(key);
                        }
                    }
                }
            }
            if (rows.size() > Polling.MAX_ROWS) {
                return false;
            }
            seen = rows;
            followed.changed(changed);
            return true;
        }
    }

    private String sql(Connection connection, @Nullable Object from) throws SQLException {
        IdentifierRules rules = IdentifierRules.of(connection.getMetaData());
        String keys = table().keyColumns().stream()
                .map(key -> rules.quote(key.name()))
                .collect(Collectors.joining(", "));
        String grown = rules.quote(column.name());
        String select = "SELECT " + keys + ", " + grown + " FROM " + rules.quote(table().name());
        return from == null ? select : select + " WHERE " + grown + " > ?";
    }

    private Table table() {
        return followed.mapping().table();
    }
}
