package io.fyercache.hibernate.key;

import java.util.function.LongSupplier;
import org.hibernate.cache.spi.QueryKey;

/** What the results of queries are kept by. Thread-safe. */
@FunctionalInterface
public interface QueryKeys {

    /**
     * Returns what a result is kept by.
     *
     * @param key that Hibernate has made
     * @throws java.io.UncheckedIOException if there is none for that key
     */
    Object of(Object key);

    /** Returns Hibernate's own keys, as objects. */
    static QueryKeys original() {
        return key -> key;
    }

    /** Returns {@link QueryDigest}s, for caches whose keys are bytes, with the fingerprint of the model of this process. */
    static QueryKeys digests(LongSupplier model) {
        return key -> QueryDigest.of((QueryKey) key, model.getAsLong());
    }
}
