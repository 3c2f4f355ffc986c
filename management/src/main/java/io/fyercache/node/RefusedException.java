package io.fyercache.node;

/** A process has refused what a command asks for, and says why. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
