package io.fyercache.sharded.node;

import io.fyercache.sharded.member.StorageMember;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * What the last member of a cluster has still to write when it leaves, as nobody takes it over: it is written as soon as possible, for {@value
 * #LONGEST_SECONDS} seconds at most. Used by the process's thread.
 */
final class LastWrites {
    /** As long as a cache that is destroyed, by its default. */
    static final long LONGEST_SECONDS = 30;

    private static final Logger LOGGER = System.getLogger(LastWrites.class.getName());

    private final String memberName;
    private boolean begun;

    /** Since when it is written; counts if that has begun. */
    private long sinceNanos;

    LastWrites(String memberName) {
        this.memberName = memberName;
    }

    /** Tells whether nothing is left to be written, or the time for that is over. To be called again and again once the member is the last. */
    boolean areOver(StorageMember member, long nowNanos) {
        int left = member.unwritten();
        if (!begun) {
            begun = true;
            sinceNanos = nowNanos;
            member.hurryWrites();
        }
        boolean isTooLong = nowNanos - sinceNanos >= TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        if (left > 0 && !isTooLong) {
            return false;
        }
        int deadLetters = member.deadLetters();
        if (left + deadLetters > 0) {
            LOGGER.log(
                    Level.ERROR,
                    "member {0} is the last one, and ends with {1} changes not written and {2} dead letters, which are lost"
                            + " (expected: none, after {3} s at most); replay or discard dead letters before the last member leaves",
                    memberName,
                    left,
                    deadLetters,
                    LONGEST_SECONDS);
        }
        return true;
    }
}
