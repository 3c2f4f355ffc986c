package io.fyercache.core.invalidation;

/** Thrown for bytes that are no message, or one of another version. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
