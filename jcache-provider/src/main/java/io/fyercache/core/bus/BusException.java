package io.fyercache.core.bus;

import org.jspecify.annotations.Nullable;

/** Thrown when a bus has not taken a message over. It says why. */
public final class BusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one without a cause in other code. */
    public BusException(String message) {
        super(message);
    }

    /** Makes one with a cause, or null. */
    public BusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
