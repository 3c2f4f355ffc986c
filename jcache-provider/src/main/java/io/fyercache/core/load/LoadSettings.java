package io.fyercache.core.load;

/**
 * How a cache loads.
 *
 * @param maximumConcurrentLoads how many calls of the loader may run at once, at least 1
 * @param loadQueueWaitMillis how long a caller waits for one of them, in milliseconds
 * @param refreshAhead at which fraction of its time to live a value that is read is loaded anew in the background, in (0,1); 0: never
 * @param staleOnErrorMillis how long after its deadline a value may still be served when its reload fails, in milliseconds; 0: never
 * @param missTimeToLiveMillis how long it is remembered that the loader knows no value, in milliseconds; 0: not at all
 */
public record LoadSettings(
        int maximumConcurrentLoads,
        long loadQueueWaitMillis,
        double refreshAhead,
        long staleOnErrorMillis,
        long missTimeToLiveMillis) {

    /** What a cache does that was told nothing: 64 loads at once, 10 s of waiting, and none of the rest. */
    public static final LoadSettings DEFAULT = new LoadSettings(64, 10_000, 0, 0, 0);
}
