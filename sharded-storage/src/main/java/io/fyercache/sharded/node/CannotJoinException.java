package io.fyercache.sharded.node;

import javax.cache.CacheException;

/** A process could not get into its cluster. Nothing of it is left. */
public final class CannotJoinException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says which process, what was found, what was expected, and what can be done. */
    public CannotJoinException(String message) {
        super(message);
    }
}
