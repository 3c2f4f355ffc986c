package io.fyercache.sharded.message;

import io.fyercache.core.statistics.CacheCounts;

/**
 * What a member has counted of a cache since its life began (S2).
 *
 * @param cache the cache's number
 */
public record CountedCache(int cache, CacheCounts counts) {}
