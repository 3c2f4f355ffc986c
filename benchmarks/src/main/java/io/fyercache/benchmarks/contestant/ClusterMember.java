package io.fyercache.benchmarks.contestant;

import javax.cache.Cache;

/** A member of a contestant's cluster in this JVM, with its view of the cluster's one cache. Safe for use by several threads. */
public interface ClusterMember {
    /** The name of the cache that is measured. */
    String CACHE = "measured";

    /** The cache, for all operations that are measured. */
    Cache<Long, byte[]> cache();

    /** How many members this one sees when no data is on the move, as far as it can tell; 0 while some is. Asked only where entries are shared. */
    int settledMembers();

    /**
     * What this member keeps for itself.
     *
     * @throws UnsupportedOperationException if members share all entries, see {@link CacheForm#isShared}
     */
    default KeptEntries kept() {
        throw new UnsupportedOperationException("members share all entries (expected: that each has its own)");
    }

    /** Whether a key's primary may be this member: false is certain. A contestant that does not tell says true of all. */
    boolean mayBePrimaryOf(Long key);
}
