package io.fyercache.hibernate.region;

/** What becomes of a transaction whose change the cache cannot be told before the commit. */
public enum WriteFailure {
    /** It fails with a {@link org.hibernate.cache.CacheException}, and Hibernate rolls it back. No entry becomes stale. */
    FAIL,
    /**
     * It goes on, and the cache is told again after the commit. Until that succeeds, or if it does not, others may read the old entry, if the cache
     * answers them.
     */
    INVALIDATE
}
