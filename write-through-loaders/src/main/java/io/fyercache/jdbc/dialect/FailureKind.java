package io.fyercache.jdbc.dialect;

/** Whom an error of the database concerns. */
public enum FailureKind {

    /** One row: a constraint, a value too long. Other rows may well succeed. */
    ROW,

    /** Chance: a deadlock's victim, a serialization failure. The same transaction may succeed when run again. */
    RETRYABLE,

    /** Every row: no connection, no table, no privilege, no time left. Trying the next row would only take longer. */
    DATABASE
}
