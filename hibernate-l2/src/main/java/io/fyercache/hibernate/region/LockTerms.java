package io.fyercache.hibernate.region;

import io.fyercache.hibernate.timestamp.TimestampSource;
import java.time.Duration;
import java.util.UUID;

/**
 * What the soft locks of all regions of a factory have in common.
 *
 * @param process tells their holds from those of others
 * @param memory shared with all factories that have the cache manager
 * @param timeout after which a hold that nobody ends is over
 * @param clockDifference the most that the clocks of two processes with these regions may differ by; zero if there is only this one
 */
public record LockTerms(UUID process, ManagerMemory memory, Duration timeout, Duration clockDifference) {

    /** Returns what says when things happen. */
    public TimestampSource timestamps() {
        return memory.timestamps();
    }

    long deadlineFrom(long now) {
        return now + TimestampSource.span(timeout);
    }

    /** Returns a timestamp of another process's that is before this one of ours whatever the clocks say. */
    long surelyAfter(long timestamp) {
        return timestamp - TimestampSource.span(clockDifference);
    }
}
