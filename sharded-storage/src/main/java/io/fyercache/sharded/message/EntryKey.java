package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.KeyHash;

/**
 * Which entry of the cluster: all caches share its partitions.
 *
 * @param cache the number that the cluster gave the cache
 */
public record EntryKey(int cache, EncodedKey key) {

    /** Returns the key of what is about all entries of a cache in a partition, and none of them. */
    public static EntryKey ofAll(int cache) {
        return new EntryKey(cache, EncodedKey.NONE);
    }

    /** Returns the bucket of the partition that the entry is in, 0..63. */
    public int bucket() {
        return KeyHash.bucket(key.hash());
    }
}
