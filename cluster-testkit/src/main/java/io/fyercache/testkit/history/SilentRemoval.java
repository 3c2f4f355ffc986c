package io.fyercache.testkit.history;

/** Whether a cache may drop a value that nobody removed. */
public enum SilentRemoval {
    /** It may not: entries neither expire nor are they evicted in the time of the history. */
    NEVER,

    /** It may at any time, because entries expire or are evicted. Lost writes then pass for removals: prefer {@link #NEVER}. */
    ANY_TIME
}
