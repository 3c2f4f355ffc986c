package io.fyercache.core.engine;

/** Thrown when a cache is to be opened as it is defined, and is defined nowhere. Nothing was made. */
public final class CacheNotDefinedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says that there is no cache of that name. */
    public CacheNotDefinedException(String cacheName) {
        super(
                "cache '" + cacheName
                        + "': not defined (expected: to be there, as it is to be opened and not to be made); define it, or ask which there are");
    }
}
