package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.RegionKeys;
import org.hibernate.cache.cfg.spi.CollectionDataCachingConfig;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.cfg.spi.EntityDataCachingConfig;
import org.hibernate.cache.cfg.spi.NaturalIdDataCachingConfig;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.support.AbstractDomainDataRegion;
import org.hibernate.cache.spi.support.CollectionNonStrictReadWriteAccess;
import org.hibernate.cache.spi.support.CollectionReadOnlyAccess;
import org.hibernate.cache.spi.support.EntityNonStrictReadWriteAccess;
import org.hibernate.cache.spi.support.EntityReadOnlyAccess;
import org.hibernate.cache.spi.support.NaturalIdNonStrictReadWriteAccess;
import org.hibernate.cache.spi.support.NaturalIdReadOnlyAccess;

/**
 * A region of entities, collections and natural ids.
 *
 * <p>READ_WRITE and TRANSACTIONAL are ours: Hibernate's READ_WRITE reads an item and puts another under a lock of this JVM, which is no lock in a
 * cluster, and its TRANSACTIONAL asks for a cache that takes part in transactions. READ_ONLY and NONSTRICT_READ_WRITE are Hibernate's own.
 */
public final class DomainRegion extends AbstractDomainDataRegion implements InMemoryStatistics {
    private final RegionCache cache;
    private final PlainStorage storage;
    private final SoftLocks locks;

    /** Makes the region. */
    public DomainRegion(
            DomainDataRegionConfig config,
            RegionFactory factory,
            RegionCache cache,
            LockTerms terms,
            DomainDataRegionBuildingContext context) {
        super(config, factory, RegionKeys.INSTANCE, context);
        this.cache = cache;
        this.storage = new PlainStorage(cache);
        this.locks = new SoftLocks(cache, terms);
        completeInstantiation(config, context);
    }

    @Override
    protected EntityDataAccess generateEntityAccess(EntityDataCachingConfig config) {
        return switch (config.getAccessType()) {
            case READ_ONLY -> new EntityReadOnlyAccess(this, RegionKeys.INSTANCE, storage, config);
            case NONSTRICT_READ_WRITE -> new EntityNonStrictReadWriteAccess(this, RegionKeys.INSTANCE, storage, config);
            case READ_WRITE, TRANSACTIONAL -> new SoftLockedEntities(this, locks, config.getAccessType());
        };
    }

    @Override
    protected CollectionDataAccess generateCollectionAccess(CollectionDataCachingConfig config) {
        return switch (config.getAccessType()) {
            case READ_ONLY -> new CollectionReadOnlyAccess(this, RegionKeys.INSTANCE, storage, config);
            case NONSTRICT_READ_WRITE ->
                new CollectionNonStrictReadWriteAccess(this, RegionKeys.INSTANCE, storage, config);
            case READ_WRITE, TRANSACTIONAL -> new SoftLockedCollections(this, locks, config.getAccessType());
        };
    }

    @Override
    protected NaturalIdDataAccess generateNaturalIdAccess(NaturalIdDataCachingConfig config) {
        return switch (config.getAccessType()) {
            case READ_ONLY -> new NaturalIdReadOnlyAccess(this, RegionKeys.INSTANCE, storage, config);
            case NONSTRICT_READ_WRITE ->
                new NaturalIdNonStrictReadWriteAccess(this, RegionKeys.INSTANCE, storage, config);
            case READ_WRITE, TRANSACTIONAL -> new SoftLockedNaturalIds(this, locks, config.getAccessType());
        };
    }

    @Override
    public RegionCache cache() {
        return cache;
    }

    /** Removes all entries and all soft locks; loads that are under way are not kept. */
    @Override
    public void clear() {
        locks.evictAll();
    }
}
