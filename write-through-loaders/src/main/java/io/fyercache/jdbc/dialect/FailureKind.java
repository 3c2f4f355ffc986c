package io.fyercache.jdbc.dialect;

import java.sql.SQLException;
import java.util.function.Function;

/** Whom an error of the database concerns, the least grave first. */
public enum FailureKind {

    /** One row: a constraint, a value too long. Other rows may well succeed. */
    ROW,

    /** Chance: a deadlock's victim, a serialization failure. The same transaction may succeed when run again. */
    RETRYABLE,

    /** Every row: no connection, no table, no privilege, no time left. Trying the next row would only take longer. */
    DATABASE;

    /**
     * The gravest kind of what a failure stems from, {@link #ROW} if it does not stem from the database: mapping and persistence
     * carry the driver's exception as their cause, and the error of a batch carries those of its rows.
     */
    public static FailureKind gravest(Throwable failure, Function<SQLException, FailureKind> classify) {
        FailureKind gravest = ROW;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException first) {
                for (Throwable link : first) {
                    if (link instanceof SQLException e) {
                        FailureKind kind = classify.apply(e);
                        gravest = kind.compareTo(gravest) > 0 ? kind : gravest;
                    }
                }
                // Its causes are among its links.
                return gravest;
            }
        }
        return gravest;
    }
}
