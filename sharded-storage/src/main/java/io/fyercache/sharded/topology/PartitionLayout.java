package io.fyercache.sharded.topology;

import java.util.stream.IntStream;

/**
 * Which partitions a cluster has: first those of partitioned caches, and after them those of replicated ones, of which each member has a copy. It is
 * fixed when the cluster is founded, as the keys' places follow from it.
 *
 * @param spread of partitioned caches, a power of two, 1..{@value #MAX_SPREAD}
 * @param replicated of replicated caches, a power of two up to {@value #MAX_REPLICATED}, or 0: then the cluster has none
 */
public record PartitionLayout(int spread, int replicated) {
    /**
     * The ones of a cluster whose founder wished for nothing else: enough for 50 members to be loaded alike, few enough for one record each in
     * ZooKeeper.
     */
    public static final PartitionLayout STANDARD = PartitionLayout.with(1024);

    /** So that no segment of the table can outgrow a znode, even with a copy on every member; see {@link TopologyForm}. */
    public static final int MAX_SPREAD = 8192;

    /** Each member has a copy of all of these. */
    public static final int MAX_REPLICATED = 256;

    /** As many as suit, 64: so that the primaries of 50 members are loaded nearly alike. */
    private static final int USUAL_REPLICATED = 64;

    /** How many partitions there may be. */
    public static final int MAX_COUNT = MAX_SPREAD + MAX_REPLICATED;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not a power of two within its range
     */
    public PartitionLayout {
        checkPowerOfTwo("number of partitions", spread, 1, MAX_SPREAD);
        if (replicated != 0) {
            checkPowerOfTwo("number of replicated partitions", replicated, 0, MAX_REPLICATED);
        }
    }

    /** Returns one that has no replicated partitions. */
    public static PartitionLayout spread(int partitions) {
        return new PartitionLayout(partitions, 0);
    }

    /**
     * Returns one with as many replicated partitions as suit: 64, or as many as there are others if these are fewer.
     *
     * @param spread a power of two, 1..{@value #MAX_SPREAD}
     */
    public static PartitionLayout with(int spread) {
        return new PartitionLayout(spread, Math.min(spread, USUAL_REPLICATED));
    }

    private static void checkPowerOfTwo(String name, int number, int least, int most) {
        if (number < least || number > most || Integer.bitCount(number) != 1) {
            throw new IllegalArgumentException(
                    name + ": " + number + " (expected: a power of two, " + least + ".." + most + ")");
        }
    }

    /** Returns how many partitions there are. */
    public int count() {
        return spread + replicated;
    }

    /** Tells whether a partition is one of replicated caches. */
    public boolean isReplicated(int partition) {
        return partition >= spread;
    }

    /** Tells whether a cache has entries in a partition. */
    public boolean has(int cache, int partition) {
        return CacheNumber.isReplicated(cache) == isReplicated(partition);
    }

    /**
     * Returns the partition of an entry.
     *
     * @param keyHash the {@link KeyHash} of the key's encoded form
     * @throws IllegalArgumentException if the cache is replicated, and there are no partitions for that
     */
    public int partition(int cache, long keyHash) {
        if (CacheNumber.isReplicated(cache)) {
            checkReplicated();
            return spread + KeyHash.partition(keyHash, replicated);
        }
        return KeyHash.partition(keyHash, spread);
    }

    /**
     * Returns the partitions that a cache has entries in, in ascending order.
     *
     * @throws IllegalArgumentException if the cache is replicated, and there are no partitions for that
     */
    public IntStream partitionsOf(int cache) {
        if (CacheNumber.isReplicated(cache)) {
            checkReplicated();
            return IntStream.range(spread, count());
        }
        return IntStream.range(0, spread);
    }

    @Override
    public String toString() {
        return spread + ", and " + replicated + " replicated ones";
    }

    private void checkReplicated() {
        if (replicated == 0) {
            throw new IllegalArgumentException(
                    "replicated partitions: none (expected: some, as a cache is replicated); a"
                            + " cluster gets them when it is founded");
        }
    }
}
