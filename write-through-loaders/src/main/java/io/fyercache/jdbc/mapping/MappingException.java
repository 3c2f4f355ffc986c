package io.fyercache.jdbc.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A key, value or row does not fit the mapping. The message names column, type and remedy, and never a value; loader
 * and writer add table and key.
 */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason as the whole message. */
    public MappingException(String message) {
        this(message, null);
    }

    /** With the exception that it stems from. */
    public MappingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
