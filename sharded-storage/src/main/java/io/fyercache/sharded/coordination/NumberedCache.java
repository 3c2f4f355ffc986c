package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition;

/**
 * A cache of a cluster.
 *
 * @param number from 1 to {@link #MAX_NUMBER}; no other cache ever has it, be it one of the same name that is defined when this one has been destroyed
 */
public record NumberedCache(int number, PortableDefinition definition) {
    /** The largest number, 2^30 - 1. The bit above says of an entry's key that it is about what is unwritten of the cache. */
    public static final int MAX_NUMBER = (1 << 30) - 1;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public NumberedCache {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("number of a cache: " + number + " (expected: 1.." + MAX_NUMBER
                    + "); a cluster whose catalogue has changed more often must be founded anew");
        }
    }
}
