package io.fyercache.sharded.engine;

import javax.cache.CacheException;

/** Too many calls wait already, here or for user code on the member that has the entry. Nothing has happened. */
public final class ClusterOverloadedException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says of which cache, what is known, and what to do. */
    public ClusterOverloadedException(String message) {
        super(message);
    }
}
