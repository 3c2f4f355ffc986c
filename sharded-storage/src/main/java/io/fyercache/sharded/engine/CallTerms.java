package io.fyercache.sharded.engine;

import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.PartitionRecord;
import java.time.Duration;

/**
 * What the calls of a cache ask for.
 *
 * @param minInSync how many copies must be in sync for a change, 1..{@link PartitionRecord#MAX_COPIES}
 * @param patience after which a caller gives up, more than zero, up to {@value Request#LIFE_MILLIS} ms
 */
public record CallTerms(int minInSync, Duration patience) {
    /** One copy is enough, and a call may take as long as the members go on without word from ZooKeeper, 30 s. */
    public static final CallTerms STANDARD = new CallTerms(1, Duration.ofSeconds(30));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public CallTerms {
        if (minInSync < 1 || minInSync > PartitionRecord.MAX_COPIES) {
            throw new IllegalArgumentException(
                    "minInSync: " + minInSync + " (expected: 1.." + PartitionRecord.MAX_COPIES + ")");
        }
        if (patience.isZero()
                || patience.isNegative()
                || patience.compareTo(Duration.ofMillis(Request.LIFE_MILLIS)) > 0) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: more than PT0S, up to "
                    + Duration.ofMillis(Request.LIFE_MILLIS) + ")");
        }
    }
}
