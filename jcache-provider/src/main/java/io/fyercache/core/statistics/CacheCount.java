package io.fyercache.core.statistics;

/** One of the things that are counted of a cache. Each grows, until its counters begin anew. */
public enum CacheCount {
    /** Gets that were answered. */
    HITS,
    /** Gets that found nothing. */
    MISSES,
    /** Values that were put. */
    PUTS,
    /** Values that were removed. */
    REMOVALS,
    /** Entries that had to go to keep within bounds. */
    EVICTIONS,
    /** Values whose time was over. */
    EXPIRIES,
    /** Keys that the loader was asked for with success. */
    LOADS,
    /** Calls of the loader that failed. */
    LOAD_FAILURES,
    /** Changes that were written behind. */
    WRITES,
    /** Batches that could not be written behind, or not as a whole. */
    WRITE_FAILURES,
    /** Changes that were given up, and became dead letters. */
    WRITES_GIVEN_UP;

    long of(CacheCounters counters) {
        return switch (this) {
            case HITS -> counters.hits();
            case MISSES -> counters.misses();
            case PUTS -> counters.puts();
            case REMOVALS -> counters.removals();
            case EVICTIONS -> counters.evictions();
            case EXPIRIES -> counters.expiries();
            case LOADS -> counters.loads();
            case LOAD_FAILURES -> counters.loadFailures();
            case WRITES -> counters.writes();
            case WRITE_FAILURES -> counters.writeFailures();
            case WRITES_GIVEN_UP -> counters.writesGivenUp();
        };
    }
}
