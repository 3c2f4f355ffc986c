package io.fyercache.testkit.history;

/** What the checker found out. The order is that of severity. */
public enum Outcome {
    /** There is an order of the operations that explains every answer. */
    LINEARIZABLE,

    /** The search was given up at a limit, or something is not known that would be needed. It proves nothing either way. */
    UNDECIDED,

    /** There is no such order: some answer was wrong. */
    VIOLATION
}
