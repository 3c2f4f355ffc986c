package io.fyercache.testkit.history;

/**
 * One operation of one client on one key.
 *
 * @param client who did it; a client may go on after an operation whose outcome is unknown
 * @param invokedNanos when it began, on the clock of the history
 */
public record Operation(String client, Object key, Action action, long invokedNanos, Completion completion) {

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if the operation returned before it was invoked
     */
    public Operation {
        if (completion instanceof Completion.Answered answered && answered.returnedNanos() - invokedNanos < 0) {
            throw new IllegalArgumentException("returnedNanos: " + answered.returnedNanos() + " (expected: not before "
                    + "the invocation at " + invokedNanos + "); take both times from one clock that never steps back");
        }
    }

    /** Returns this operation as if its answer had not been waited for. */
    Operation withUnknownOutcome() {
        return new Operation(client, key, action, invokedNanos, new Completion.Unknown());
    }
}
