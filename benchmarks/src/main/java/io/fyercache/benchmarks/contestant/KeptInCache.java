package io.fyercache.benchmarks.contestant;

import io.fyercache.benchmarks.workload.StampedValue;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Entries that each member keeps in a cache of its own, and drops when another one puts them. */
final class KeptInCache implements KeptEntries {
    private static final int ROW_BYTES = 100;

    private final LongConsumer load;
    private final BiConsumer<Long, byte[]> put;
    private final Predicate<Long> contains;

    /**
     * Keeps them.
     *
     * @param load puts what the database has into this member's cache, and tells nobody
     * @param put puts into the cache, and tells everybody
     * @param contains tells whether the cache has a key, in this member
     */
    KeptInCache(LongConsumer load, BiConsumer<Long, byte[]> put, Predicate<Long> contains) {
        this.load = load;
        this.put = put;
        this.contains = contains;
    }

    /** A row of the database, which there is of each key, and takes no time to be read. */
    static byte[] row(long number) {
        return StampedValue.of(number, ROW_BYTES);
    }

    @Override
    public boolean keep(long key) {
        load.accept(key);
        return contains.test(key);
    }

    @Override
    public void change(long key, long number) {
        put.accept(key, row(number));
    }

    @Override
    public boolean hasHeard(long key, long number) {
        return !contains.test(key);
    }
}
