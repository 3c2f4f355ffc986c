package io.fyercache.jdbc.fence;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The fence kept rows from being written. The message is ours, and holds no value of a row.
 *
 * <p>Inside of the module alone; the writer throws its own exception.
 */
public class FenceFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private FenceFailure(String message, @Nullable SQLException cause) {
        super(message, cause);
    }

    /** With the words of a kind of its own. */
    FenceFailure(String message) {
        this(message, null);
    }

    /** Nobody has said who is primary. */
    public static FenceFailure nothingToFenceBy() {
        return new FenceFailure(
                "no fencing token (expected: a call by a cache of a cluster, on the thread of that call);"
                        + " do not set fencedBy(...) where one JVM has the cache, as nobody can take over from it");
    }

    /** The database did not let the fence table be read or changed. */
    static FenceFailure ofTable(String table, SQLException cause) {
        return new FenceFailure(
                "fence table " + table + ": " + cause.getClass().getSimpleName() + ", SQLState " + cause.getSQLState()
                        + ", code " + cause.getErrorCode()
                        + " (expected: columns " + FenceTable.COLUMNS
                        + ", which this user may select, insert and update); create it by FenceTable.create(...), or grant the"
                        + " privileges",
                cause);
    }
}
