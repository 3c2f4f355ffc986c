package io.fyercache.sharded.topology;

/**
 * What the number of a cache tells. Caches are numbered in their order, from 1, and the number of one that is replicated has a bit more: so whoever has
 * an entry's key knows which partition it is in, and asks nobody.
 */
public final class CacheNumber {
    /** The last place of a cache in the order of all. */
    public static final int MAX_ORDER = (1 << 29) - 1;

    private static final int REPLICATED = 1 << 29;

    /** The largest number, 2^30 - 1. The bit above says of an entry's key that it is about what is unwritten of the cache. */
    public static final int MAX = REPLICATED | MAX_ORDER;

    private CacheNumber() {}

    /**
     * Returns the number of a cache whose entries are spread over the members.
     *
     * @param order 1..{@value #MAX_ORDER}
     */
    public static int partitioned(int order) {
        Expected.inRange("place of a cache in the order of all", order, 1, MAX_ORDER);
        return order;
    }

    /**
     * Returns the number of a cache of which each member has all entries.
     *
     * @param order 1..{@value #MAX_ORDER}
     */
    public static int replicated(int order) {
        return partitioned(order) | REPLICATED;
    }

    /** Tells whether each member has all entries of the cache. */
    public static boolean isReplicated(int number) {
        return (number & REPLICATED) != 0;
    }

    /** Returns the place of the cache in the order of all that have been defined, from 1. */
    public static int order(int number) {
        return number & MAX_ORDER;
    }
}
