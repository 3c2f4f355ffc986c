package io.fyercache.jdbc.through;

import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.fault.Fault;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.fence.FenceFailure;
import io.fyercache.jdbc.mapping.MappingException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words for what went wrong, with keys, and without values.
 *
 * @param action what could not be done, and where: {@code cannot load from table person}
 * @param anyKey what stands for keys that are not known: {@code key columns id}
 */
public record FailureText(String action, String anyKey) {

    /** The most keys that a message shows; 3 tell a pattern, more fill the log. */
    static final int MAX_KEYS_SHOWN = 3;

    /**
     * Missing table or column, by the numbering of H2 and MariaDB and of PostgreSQL. For these the driver's words name
     * what is missing; for others they may quote a value.
     */
    private static final Set<String> NAMES_WHAT_IS_MISSING =
            Set.of("42S02", "42S03", "42S04", "42S22", "42P01", "42703");

    /** {@code cannot load from table person, key id=7: SQLTimeoutException, SQLState 57014, code 57014}. */
    public String of(Collection<?> keys, int rows, Throwable cause) {
        String count = rows > 1 ? rows + " rows, " : "";
        return action + ", " + count + keys(keys, rows) + ": " + reason(cause);
    }

    private String keys(Collection<?> keys, int rows) {
        if (keys.isEmpty()) {
            return anyKey;
        }
        String shown = keys.stream().limit(MAX_KEYS_SHOWN).map(Object::toString).collect(Collectors.joining("; "));
        return (rows > 1 ? "keys " : "key ") + shown + (rows > MAX_KEYS_SHOWN ? " ..." : "");
    }

    /** The cause in few words. */
    public static String reason(Throwable cause) {
        if (cause instanceof MappingException || cause instanceof VersionConflict || cause instanceof FenceFailure) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof InvalidSettingsException settings) {
            return settings.faults().stream().map(Fault::toString).collect(Collectors.joining("; "));
        }
        if (!(cause instanceof SQLException failure)) {
            Throwable below = cause.getCause();
            return cause.getClass().getName() + (below == null ? "" : ": " + reason(below));
        }
        String text = failure.getClass().getSimpleName() + ", SQLState " + failure.getSQLState() + ", code "
                + failure.getErrorCode();
        if (failure instanceof SQLTransientConnectionException && failure.getSQLState() == null) {
            // So says a pool that waited for others; one that cannot connect has the state of that.
            return text + ": no connection came free in time";
        }
        String message = failure.getMessage();
        boolean harmless = failure.getSQLState() != null && NAMES_WHAT_IS_MISSING.contains(failure.getSQLState());
        return harmless && message != null
                ? text + ": " + message.lines().findFirst().orElse("")
                : text;
    }
}
