package io.fyercache.sharded.engine;

import javax.cache.CacheException;

/**
 * Nobody knows whether an operation has had its effect: it was sent, and no answer came in time, or all copies were lost meanwhile. It has had
 * it once or never, and may yet have it within {@link io.fyercache.sharded.message.Request#LIFE_MILLIS}.
 */
public final class OperationOutcomeUnknownException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says of which cache, what is known, and what to do. */
    public OperationOutcomeUnknownException(String message) {
        super(message);
    }
}
