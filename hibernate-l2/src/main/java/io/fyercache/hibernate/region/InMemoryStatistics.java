package io.fyercache.hibernate.region;

import org.hibernate.cache.spi.ExtendedStatisticsSupport;

/** What regions say of themselves whose entries are in memory, and are not measured. */
interface InMemoryStatistics extends CachedRegion, ExtendedStatisticsSupport {

    @Override
    default long getElementCountInMemory() {
        return cache().size();
    }

    /** Returns 0: nothing is on disk. */
    @Override
    default long getElementCountOnDisk() {
        return 0;
    }

    /** Returns -1: unknown, as entries are not measured. */
    @Override
    default long getSizeInMemory() {
        return -1;
    }
}
