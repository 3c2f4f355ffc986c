package io.fyercache.hibernate.region;

import org.hibernate.cache.spi.Region;

/** A region of ours: each has a cache. */
public interface CachedRegion extends Region {

    /** Returns the region's cache. */
    RegionCache cache();
}
