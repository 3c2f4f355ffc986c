package io.fyercache.configuration;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a cache uses its {@link javax.cache.integration.CacheLoader}.
 *
 * <p>The values are checked, together with all others, when the {@link FyerConfiguration} is built.
 *
 * @param maximumConcurrentLoads how many calls of the loader may run at a time for this cache: 1..4096
 * @param loadQueueWait how long a caller waits for one of these calls to end before its own load fails: 0 s..1 h
 * @param refreshAhead the share of an entry's time to live after which a read reloads it in the background, above 0 and below 1; null: never
 * @param staleOnError how long past its deadline an entry is still served when its reload fails, 1 ms or more; null: not at all
 * @param missTimeToLive how long the cache remembers that the loader knows no value for a key, 1 ms or more; null: not at all
 */
public record LoadOptions(
        int maximumConcurrentLoads,
        Duration loadQueueWait,
        @Nullable Double refreshAhead,
        @Nullable Duration staleOnError,
        @Nullable Duration missTimeToLive)
        implements Serializable {

    private static final LoadOptions DEFAULTS = new LoadOptions(
            CacheSettings.LOAD_MAXIMUM_CONCURRENT_LOADS.defaultValue().intValue(),
            CacheSettings.LOAD_QUEUE_WAIT.defaultValue(),
            null,
            null,
            null);

    /** Returns 64 loads at a time, 10 s of waiting for one, and none of the options that are off by default. */
    public static LoadOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another limit of concurrent loads: 1..4096. */
    public LoadOptions withMaximumConcurrentLoads(int loads) {
        return new LoadOptions(loads, loadQueueWait, refreshAhead, staleOnError, missTimeToLive);
    }

    /** Returns these options with another wait for a free load: 0 s..1 h; 0 s fails at once. */
    public LoadOptions withLoadQueueWait(Duration wait) {
        return new LoadOptions(maximumConcurrentLoads, wait, refreshAhead, staleOnError, missTimeToLive);
    }

    /** Returns these options with refresh-ahead at a share of the time to live, above 0 and below 1. */
    public LoadOptions withRefreshAhead(double shareOfTimeToLive) {
        return new LoadOptions(maximumConcurrentLoads, loadQueueWait, shareOfTimeToLive, staleOnError, missTimeToLive);
    }

    /** Returns these options with old values served for a time, 1 ms or more, when their reload fails. */
    public LoadOptions withStaleOnError(Duration time) {
        return new LoadOptions(maximumConcurrentLoads, loadQueueWait, refreshAhead, time, missTimeToLive);
    }

    /** Returns these options with misses remembered for a time, 1 ms or more. */
    public LoadOptions withMissTimeToLive(Duration time) {
        return new LoadOptions(maximumConcurrentLoads, loadQueueWait, refreshAhead, staleOnError, time);
    }

    /** Returns the options among the values of a whole configuration. */
    static LoadOptions of(SettingValues values) {
        return new LoadOptions(
                values.get(CacheSettings.LOAD_MAXIMUM_CONCURRENT_LOADS).intValue(),
                values.get(CacheSettings.LOAD_QUEUE_WAIT),
                values.stated(CacheSettings.LOAD_REFRESH_AHEAD),
                values.stated(CacheSettings.LOAD_STALE_ON_ERROR),
                values.stated(CacheSettings.LOAD_MISS_TIME_TO_LIVE));
    }

    /** Returns the values of a whole configuration with these options in place of its own. */
    SettingValues statedIn(SettingValues values) {
        return values.with(CacheSettings.LOAD_MAXIMUM_CONCURRENT_LOADS, (long) maximumConcurrentLoads)
                .with(CacheSettings.LOAD_QUEUE_WAIT, loadQueueWait)
                .withOrWithout(CacheSettings.LOAD_REFRESH_AHEAD, refreshAhead)
                .withOrWithout(CacheSettings.LOAD_STALE_ON_ERROR, staleOnError)
                .withOrWithout(CacheSettings.LOAD_MISS_TIME_TO_LIVE, missTimeToLive);
    }
}
