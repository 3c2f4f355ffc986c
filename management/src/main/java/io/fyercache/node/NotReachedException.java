package io.fyercache.node;

/** The process that a command is for does not answer. */
final class NotReachedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReachedException(String message, Throwable cause) {
        super(message, cause);
    }
}
