package io.fyercache.management.report;

import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounts;

/**
 * What was counted of a cache, or of several; since the counting began, or within a while.
 *
 * @param loads keys that the loader was asked for with success
 * @param writes changes that were written behind
 * @param writeFailures batches of changes that could not be written behind, or not as a whole
 * @param writesGivenUp changes that became dead letters
 */
public record Counted(
        long hits,
        long misses,
        long puts,
        long removals,
        long evictions,
        long expiries,
        long loads,
        long loadFailures,
        long writes,
        long writeFailures,
        long writesGivenUp) {

    /** Tells numbers by their names. */
    public static Counted of(CacheCounts counts) {
        return new Counted(
                counts.get(CacheCount.HITS),
                counts.get(CacheCount.MISSES),
                counts.get(CacheCount.PUTS),
                counts.get(CacheCount.REMOVALS),
                counts.get(CacheCount.EVICTIONS),
                counts.get(CacheCount.EXPIRIES),
                counts.get(CacheCount.LOADS),
                counts.get(CacheCount.LOAD_FAILURES),
                counts.get(CacheCount.WRITES),
                counts.get(CacheCount.WRITE_FAILURES),
                counts.get(CacheCount.WRITES_GIVEN_UP));
    }
}
