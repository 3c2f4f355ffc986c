package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.topology.CacheNumber;

/**
 * A cache of a cluster.
 *
 * @param number from 1 to {@link CacheNumber#MAX}; no other cache ever has it, be it one of the same name that is defined when this one has been destroyed
 */
public record NumberedCache(int number, PortableDefinition definition) {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public NumberedCache {
        if (number < 1 || number > CacheNumber.MAX) {
            throw new IllegalArgumentException(
                    "number of a cache: " + number + " (expected: 1.." + CacheNumber.MAX + ")");
        }
    }
}
