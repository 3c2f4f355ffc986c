package io.fyercache.sharded.engine;

import javax.cache.CacheException;

/** No member could answer in time. Nothing has happened. */
public final class ClusterUnavailableException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says of which cache, what is known, and what to do. */
    public ClusterUnavailableException(String message) {
        super(message);
    }
}
