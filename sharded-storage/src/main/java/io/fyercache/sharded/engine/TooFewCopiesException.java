package io.fyercache.sharded.engine;

import javax.cache.CacheException;

/** Fewer copies are in sync than a cache asks for before it lets itself be changed. Nothing has happened. */
public final class TooFewCopiesException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says of which cache, what is known, and what to do. */
    public TooFewCopiesException(String message) {
        super(message);
    }
}
