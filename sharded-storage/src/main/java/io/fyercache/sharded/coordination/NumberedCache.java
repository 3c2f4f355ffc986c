package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition;

/**
 * A cache of a cluster.
 *
 * @param number from 1; no other cache ever has it, be it one of the same name that is defined when this one has been destroyed
 */
public record NumberedCache(int number, PortableDefinition definition) {
    /** Checks the number. */
    public NumberedCache {
        if (number < 1) {
            throw new IllegalArgumentException("number of a cache: " + number + " (expected: at least 1)");
        }
    }
}
