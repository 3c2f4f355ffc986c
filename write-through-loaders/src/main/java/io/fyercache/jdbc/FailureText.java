package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.mapping.Table;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Words for what went wrong, with table, key columns and keys, and without values. */
final class FailureText {

    /** The most keys that a message shows; 3 tell a pattern, more fill the log. */
    static final int MAX_KEYS_SHOWN = 3;

    /**
     * Missing table or column, by the numbering of H2 and MariaDB and of PostgreSQL. For these the driver's words name
     * what is missing; for others they may quote a value.
     */
    private static final Set<String> NAMES_WHAT_IS_MISSING =
            Set.of("42S02", "42S03", "42S04", "42S22", "42P01", "42703");

    private FailureText() {}

    /** {@code cannot load from table person, key id=7: SQLTimeoutException, SQLState 57014, code 57014}. */
    static String of(String action, Table table, Collection<RowKey> keys, int rows, Throwable cause) {
        String count = rows > 1 ? rows + " rows, " : "";
        return action + " table " + table.name() + ", " + count + keys(table, keys, rows) + ": " + reason(cause);
    }

    private static String keys(Table table, Collection<RowKey> keys, int rows) {
        if (keys.isEmpty()) {
            return "key columns "
                    + table.keyColumns().stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        String shown = keys.stream().limit(MAX_KEYS_SHOWN).map(RowKey::toString).collect(Collectors.joining("; "));
        return (rows > 1 ? "keys " : "key ") + shown + (rows > MAX_KEYS_SHOWN ? " ..." : "");
    }

    /** The cause in few words. */
    static String reason(Throwable cause) {
        if (cause instanceof MappingException || cause instanceof VersionConflict) {
            return String.valueOf(cause.getMessage());
        }
        if (!(cause instanceof SQLException failure)) {
            return cause.getClass().getName();
        }
        String text = failure.getClass().getSimpleName() + ", SQLState " + failure.getSQLState() + ", code "
                + failure.getErrorCode();
        String message = failure.getMessage();
        boolean harmless = failure.getSQLState() != null && NAMES_WHAT_IS_MISSING.contains(failure.getSQLState());
        return harmless && message != null
                ? text + ": " + message.lines().findFirst().orElse("")
                : text;
    }
}
