package io.fyercache.sharded.engine;

import javax.cache.CacheException;

/** All copies of some entries of a cache were lost, and nobody has acknowledged it yet. Nothing has happened. */
public final class PartitionLostException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; the message says of which cache, what is known, and what to do. */
    public PartitionLostException(String message) {
        super(message);
    }
}
