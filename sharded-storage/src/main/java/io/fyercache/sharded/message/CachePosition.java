package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.KeyHash;

/**
 * How far a walk over the keys of a cache in a partition has come. All copies have the same order of keys, by bucket and then by their bytes,
 * so that a walk goes on where it was, whoever is primary by then.
 *
 * @param bucket the keys of all buckets before are behind, 0..{@value KeyHash#BUCKETS}; the latter at the end
 * @param after of the bucket's keys those up to this one, too; {@link EncodedKey#NONE} for none
 */
public record CachePosition(int bucket, EncodedKey after) {
    /** Before the first key. */
    public static final CachePosition START = new CachePosition(0, EncodedKey.NONE);

    /** Behind the last key. */
    public static final CachePosition END = new CachePosition(KeyHash.BUCKETS, EncodedKey.NONE);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if there is no such bucket
     */
    public CachePosition {
        if (bucket < 0 || bucket > KeyHash.BUCKETS) {
            throw new IllegalArgumentException("bucket: " + bucket + " (expected: 0.." + KeyHash.BUCKETS + ")");
        }
    }

    /** Tells whether no key is left. */
    public boolean isEnd() {
        return bucket == KeyHash.BUCKETS;
    }
}
