package io.fyercache.core.engine;

/** How a cache is read near in this process. Any thread. */
public interface NearFigures {

    /** Returns how many reads were answered near. Where statistics count, they are hits of the cache, too. */
    long hits();

    /** Returns how many reads were not, and asked for. */
    long misses();

    /** Returns how many keys were told to have changed. */
    long invalidations();

    /** Returns how often all entries of a partition were dropped, as something was missed that was told of it. */
    long gaps();

    /** Returns how many entries are kept near, those counted that may not be read any more. */
    long size();
}
