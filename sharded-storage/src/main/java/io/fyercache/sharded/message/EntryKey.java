package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.CacheNumber;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.Arrays;

/**
 * Which entry of the cluster: all caches share its partitions. In order, keys are those of one bucket after those of another.
 *
 * <p>What the database is still to be told of a key is an entry, too, in the same bucket of the same partition (Q1): that of its {@link #unwritten}
 * key.
 *
 * @param cache the number that the cluster gave the cache; with {@link #isUnwritten bit 30} for what is unwritten of it
 */
public record EntryKey(int cache, EncodedKey key) implements Comparable<EntryKey> {
    /** In a number: that it is not a cache's, but of what is unwritten of one. */
    private static final int UNWRITTEN = CacheNumber.MAX + 1;

    /** Returns the key of what is about all entries of a cache in a partition, and none of them. */
    public static EntryKey ofAll(int cache) {
        return new EntryKey(cache, EncodedKey.NONE);
    }

    /** Returns the key of what the database is still to be told of this key. */
    public EntryKey unwritten() {
        return new EntryKey(cache | UNWRITTEN, key);
    }

    /** Returns the key of the cache that an {@link #unwritten} key is about; of any other, the same. */
    public EntryKey owner() {
        return isUnwritten() ? new EntryKey(owner(cache), key) : this;
    }

    /** Tells whether this is the key of what is unwritten, and not of an entry of a cache. */
    public boolean isUnwritten() {
        return isUnwritten(cache);
    }

    /** Tells whether a number is of what is unwritten of a cache. */
    public static boolean isUnwritten(int cache) {
        return (cache & UNWRITTEN) != 0;
    }

    /** Returns the number of the cache that a number is about. */
    public static int owner(int cache) {
        return cache & ~UNWRITTEN;
    }

    /** Returns the partition that the entry is in, by the layout of its cluster. */
    public int partition(PartitionLayout layout) {
        return layout.partition(cache, key.hash());
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
