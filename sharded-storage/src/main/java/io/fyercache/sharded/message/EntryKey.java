package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.KeyHash;
import java.util.Arrays;

/**
 * Which entry of the cluster: all caches share its partitions. In order, keys are those of one bucket after those of another.
 *
 * @param cache the number that the cluster gave the cache
 */
public record EntryKey(int cache, EncodedKey key) implements Comparable<EntryKey> {

    /** Returns the key of what is about all entries of a cache in a partition, and none of them. */
    public static EntryKey ofAll(int cache) {
        return new EntryKey(cache, EncodedKey.NONE);
    }

    /** Returns the bucket of the partition that the entry is in, 0..63. */
    public int bucket() {
        return KeyHash.bucket(key.hash());
    }

    /** By hand, as tables of entries compare keys all the time: what a record has by itself is not always compiled into them. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EntryKey that && cache == that.cache && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return 31 * cache + key.hashCode();
    }

    @Override
    public int compareTo(EntryKey other) {
        int order = Integer.compare(bucket(), other.bucket());
        if (order == 0) {
            order = Long.compare(key.hash(), other.key.hash());
        }
        if (order == 0) {
            order = Integer.compare(cache, other.cache);
        }
        return order == 0 ? Arrays.compare(key.bytes(), other.key.bytes()) : order;
    }
}
