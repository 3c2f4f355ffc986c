package io.fyercache.core.engine;

/**
 * How a process reads entries near that others keep.
 *
 * @param maximumEntries how many it keeps, 1 or more
 * @param maximumStalenessNanos how long they are read without word from whoever leads them, in nanoseconds, 1 or more
 */
public record NearSettings(long maximumEntries, long maximumStalenessNanos) {}
