package io.fyercache.management.history;

import io.fyercache.core.statistics.CacheCounters;

/**
 * What a process has counted of a cache, or of several; since it came, or within a while. Hits, misses, puts and removals are counted only while the
 * cache's statistics are enabled.
 *
 * @param loads keys that the loader was asked for with success
 */
public record Counted(
        long hits,
        long misses,
        long puts,
        long removals,
        long evictions,
        long expiries,
        long loads,
        long loadFailures) {
    static final Counted NOTHING = new Counted(0, 0, 0, 0, 0, 0, 0, 0);

    static Counted by(CacheCounters counters) {
        return new Counted(
                counters.hits(),
                counters.misses(),
                counters.puts(),
                counters.removals(),
                counters.evictions(),
                counters.expiries(),
                counters.loads(),
                counters.loadFailures());
    }

    Counted plus(Counted other) {
        return new Counted(
                hits + other.hits,
                misses + other.misses,
                puts + other.puts,
                removals + other.removals,
                evictions + other.evictions,
                expiries + other.expiries,
                loads + other.loads,
                loadFailures + other.loadFailures);
    }

    /** Returns what was counted since then. A counter that is lower than it was has begun anew: the cache was made anew, or its statistics were cleared. */
    Counted since(Counted earlier) {
        return new Counted(
                since(hits, earlier.hits),
                since(misses, earlier.misses),
                since(puts, earlier.puts),
                since(removals, earlier.removals),
                since(evictions, earlier.evictions),
                since(expiries, earlier.expiries),
                since(loads, earlier.loads),
                since(loadFailures, earlier.loadFailures));
    }

    private static long since(long now, long earlier) {
        return now < earlier ? now : now - earlier;
    }
}
