package io.fyercache.benchmarks.contestant;

import io.fyercache.benchmarks.workload.StampedValue;
import java.util.function.LongConsumer;
import javax.cache.Cache;

/** Entries that each member keeps in a cache of its own, and drops when another one puts them. */
final class KeptInCache implements KeptEntries {
    private static final int ROW_BYTES = 100;

    private final Cache<Long, byte[]> cache;
    private final LongConsumer load;

    /**
     * Keeps them.
     *
     * @param load puts what the database has into this member's cache, and tells nobody
     */
    KeptInCache(Cache<Long, byte[]> cache, LongConsumer load) {
        this.cache = cache;
        this.load = load;
    }

    /** A row of the database, which there is of each key, and takes no time to be read. */
    static byte[] row(long number) {
        return StampedValue.of(number, ROW_BYTES);
    }

    @Override
    public boolean keep(long key) {
        load.accept(key);
        return cache.containsKey(key);
    }

    @Override
    public void change(long key, long number) {
        cache.put(key, row(number));
    }

    @Override
    public boolean hasHeard(long key, long number) {
        return !cache.containsKey(key);
    }
}
