package io.fyercache.core.write;

/**
 * How a cache writes behind.
 *
 * @param delayMillis how long a change waits before it is written, in milliseconds, at least 0: what changes again meanwhile is written once
 * @param batchSize how many changes are written together at most, at least 1
 * @param maximumQueued how many keys may have a change that is not written, dead letters included; at least 1
 * @param queueWaitMillis how long a caller waits for room if there are as many, in milliseconds, at least 0
 * @param retries what becomes of a change that could not be written
 * @param drainLimitMillis how long a cache that is closed goes on writing, in milliseconds, at least 0
 */
public record WriteBehindSettings(
        long delayMillis,
        int batchSize,
        int maximumQueued,
        long queueWaitMillis,
        Retries retries,
        long drainLimitMillis) {

    /**
     * How often a change is tried, and when.
     *
     * @param attempts how often in all before it is a dead letter, at least 1
     * @param pauseMillis the time until the second attempt, in milliseconds, at least 1; doubled for each further one
     * @param longestPauseMillis what that time grows to, in milliseconds
     */
    public record Retries(int attempts, long pauseMillis, long longestPauseMillis) {

        /**
         * Returns how long to wait after so many failures: half of the time that has grown by them, and a part of the other half that is
         * drawn, so that those who failed together do not come back together.
         *
         * @param drawn by chance, 0..1
         */
        long afterFailures(int failures, double drawn) {
            long grown = pauseMillis;
            for (int doublings = 1; doublings < failures && grown < longestPauseMillis; doublings++) {
                grown *= 2;
            }
            long pause = Math.min(grown, longestPauseMillis);
            return pause - (long) (drawn * pause / 2);
        }
    }
}
