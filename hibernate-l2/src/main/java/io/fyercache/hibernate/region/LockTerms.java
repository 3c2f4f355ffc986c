package io.fyercache.hibernate.region;

import io.fyercache.hibernate.timestamp.TimestampSource;
import java.time.Duration;
import java.util.UUID;

/**
 * What the soft locks of all regions of a factory have in common.
 *
 * @param process tells their holds from those of others
 * @param timestamps when things happen
 * @param timeout after which a hold that nobody ends is over
 * @param clockDifference the most that the clocks of two processes with these regions may differ by; zero if there is only this one
 */
public record LockTerms(UUID process, TimestampSource timestamps, Duration timeout, Duration clockDifference) {

    long deadlineFrom(long now) {
        return now + TimestampSource.span(timeout);
    }

    /** Returns a timestamp of another process's that is before this one of ours whatever the clocks say. */
    long surelyAfter(long timestamp) {
        return timestamp - TimestampSource.span(clockDifference);
    }
}
