package io.fyercache.sharded.message;

/**
 * A listener threw. The exception itself stays where it was thrown, since its class may be unknown elsewhere.
 *
 * @param place of the change that it was told of
 * @param message what the exception said, at most {@link OperationResult.Failed#MAX_MESSAGE} characters of it
 */
public record ListenerFailure(long place, String message) {
    /** Failures of a partition that are told at once: of more, those who wait for a listener learn less. */
    public static final int MAX_FAILURES = 64;

    /** Cuts what is too long. */
    public ListenerFailure {
        message = OperationResult.Failed.cut(message, OperationResult.Failed.MAX_MESSAGE);
    }
}
