package io.fyercache.sharded.engine;

import javax.cache.CacheException;

/** A cache was destroyed, by whichever process of its cluster. Nothing has happened. */
public final class CacheDestroyedException extends CacheException {
    private static final long serialVersionUID = 1L;

    /** Returns what is said of the cache of that number. */
    public static String message(int number) {
        return "cache number " + number
                + " of the cluster: destroyed (expected: to be there); get it from its cache manager again";
    }

    /** Makes the exception; the message says which cache, and what to do. */
    public CacheDestroyedException(String message) {
        super(message);
    }
}
