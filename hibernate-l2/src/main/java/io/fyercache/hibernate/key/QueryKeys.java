package io.fyercache.hibernate.key;

import org.hibernate.cache.spi.QueryKey;

/** What the results of queries are kept by. */
public enum QueryKeys {
    /** Hibernate's own keys, as objects. */
    ORIGINAL {
        @Override
        public Object of(Object key) {
            return key;
        }
    },
    /** {@link QueryDigest}s, for caches whose keys are bytes. */
    DIGESTS {
        @Override
        public Object of(Object key) {
            return QueryDigest.of((QueryKey) key);
        }
    };

    /**
     * Returns what a result is kept by.
     *
     * @param key that Hibernate has made
     * @throws java.io.UncheckedIOException if there is none for that key
     */
    public abstract Object of(Object key);
}
