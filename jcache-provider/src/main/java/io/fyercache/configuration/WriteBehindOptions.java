package io.fyercache.configuration;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * How a cache writes behind: changes are kept at once, wait, and go to its {@link javax.cache.integration.CacheWriter} in the background, of each
 * key the last one.
 *
 * <p>The values are checked, together with all others, when the {@link FyerConfiguration} is built.
 *
 * @param delay how long a change waits: 0 s..1 d
 * @param batchSize how many changes are written together at most: 1..10,000
 * @param maximumQueued how many keys may have a change that is not written, dead letters included: 1..1,000,000
 * @param queueWait how long a change waits for room if there are as many, before it fails: 0 s..1 h; 0 s fails at once
 * @param retryPause the time until a change that could not be written is tried again, doubled each time: 1 ms..1 d
 * @param longestRetryPause what that time grows to: not less than it, up to 1 d
 * @param attempts how often a change is tried before it is a dead letter: 1..1,000
 * @param drainLimit how long a cache that is closed goes on writing: 0 s..1 h
 */
public record WriteBehindOptions(
        Duration delay,
        int batchSize,
        int maximumQueued,
        Duration queueWait,
        Duration retryPause,
        Duration longestRetryPause,
        int attempts,
        Duration drainLimit)
        implements Serializable {

    /** Returns options with a delay, 0 s..1 d, and the defaults for all else. */
    public static WriteBehindOptions after(Duration delay) {
        return of(SettingValues.none().with(CacheSettings.WRITE_BEHIND_DELAY, delay))
                .orElseThrow();
    }

    /** Returns these options with another limit of changes that are written together: 1..10,000. */
    public WriteBehindOptions withBatchSize(int changes) {
        return new WriteBehindOptions(
                delay, changes, maximumQueued, queueWait, retryPause, longestRetryPause, attempts, drainLimit);
    }

    /** Returns these options with another limit of keys that have an unwritten change: 1..1,000,000. */
    public WriteBehindOptions withMaximumQueued(int keys) {
        return new WriteBehindOptions(
                delay, batchSize, keys, queueWait, retryPause, longestRetryPause, attempts, drainLimit);
    }

    /** Returns these options with another wait for room: 0 s..1 h; 0 s fails at once. */
    public WriteBehindOptions withQueueWait(Duration wait) {
        return new WriteBehindOptions(
                delay, batchSize, maximumQueued, wait, retryPause, longestRetryPause, attempts, drainLimit);
    }

    /** Returns these options with other pauses between attempts: the first, 1 ms or more, and the longest, up to 1 d. */
    public WriteBehindOptions withRetryPauses(Duration first, Duration longest) {
        return new WriteBehindOptions(delay, batchSize, maximumQueued, queueWait, first, longest, attempts, drainLimit);
    }

    /** Returns these options with another number of attempts: 1..1,000. */
    public WriteBehindOptions withAttempts(int times) {
        return new WriteBehindOptions(
                delay, batchSize, maximumQueued, queueWait, retryPause, longestRetryPause, times, drainLimit);
    }

    /** Returns these options with another limit of the time that closing may take: 0 s..1 h. */
    public WriteBehindOptions withDrainLimit(Duration limit) {
        return new WriteBehindOptions(
                delay, batchSize, maximumQueued, queueWait, retryPause, longestRetryPause, attempts, limit);
    }

    /** Returns the options among the values of a whole configuration; empty if there is no delay, without which nothing is written behind. */
    static Optional<WriteBehindOptions> of(SettingValues values) {
        return Optional.ofNullable(values.stated(CacheSettings.WRITE_BEHIND_DELAY))
                .map(delay -> new WriteBehindOptions(
                        delay,
                        values.get(CacheSettings.WRITE_BEHIND_BATCH_SIZE).intValue(),
                        values.get(CacheSettings.WRITE_BEHIND_MAXIMUM_QUEUED).intValue(),
                        values.get(CacheSettings.WRITE_BEHIND_QUEUE_WAIT),
                        values.get(CacheSettings.WRITE_BEHIND_RETRY_PAUSE),
                        values.get(CacheSettings.WRITE_BEHIND_LONGEST_RETRY_PAUSE),
                        values.get(CacheSettings.WRITE_BEHIND_ATTEMPTS).intValue(),
                        values.get(CacheSettings.WRITE_BEHIND_DRAIN_LIMIT)));
    }

    /** Returns the values of a whole configuration with these options in place of its own. */
    SettingValues statedIn(SettingValues values) {
        return values.with(CacheSettings.WRITE_BEHIND_DELAY, delay)
                .with(CacheSettings.WRITE_BEHIND_BATCH_SIZE, (long) batchSize)
                .with(CacheSettings.WRITE_BEHIND_MAXIMUM_QUEUED, (long) maximumQueued)
                .with(CacheSettings.WRITE_BEHIND_QUEUE_WAIT, queueWait)
                .with(CacheSettings.WRITE_BEHIND_RETRY_PAUSE, retryPause)
                .with(CacheSettings.WRITE_BEHIND_LONGEST_RETRY_PAUSE, longestRetryPause)
                .with(CacheSettings.WRITE_BEHIND_ATTEMPTS, (long) attempts)
                .with(CacheSettings.WRITE_BEHIND_DRAIN_LIMIT, drainLimit);
    }
}
