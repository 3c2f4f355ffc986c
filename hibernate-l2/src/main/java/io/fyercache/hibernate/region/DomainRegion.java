package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.RegionKeys;
import io.fyercache.hibernate.state.StateFingerprint;
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
 * <p>Each access has the fingerprint of what it keeps, by which it knows entries of processes with another version of the classes.
 *
 * <p>READ_WRITE and TRANSACTIONAL are ours: Hibernate's READ_WRITE reads an item and puts another under a lock of this JVM, which is no lock in a
 * cluster, and its TRANSACTIONAL asks for a cache that takes part in transactions. READ_ONLY and NONSTRICT_READ_WRITE are Hibernate's own.
 */
public final class DomainRegion extends AbstractDomainDataRegion implements InMemoryStatistics {
    private final RegionCache cache;
    private final LockTerms terms;

    /** Makes the region. */
    public DomainRegion(
            DomainDataRegionConfig config,
            RegionFactory factory,
            RegionCache cache,
            LockTerms terms,
            DomainDataRegionBuildingContext context) {
        super(config, factory, RegionKeys.INSTANCE, context);
        this.cache = cache;
        this.terms = terms;
        completeInstantiation(config, context);
    }

    @Override
    protected EntityDataAccess generateEntityAccess(EntityDataCachingConfig config) {
        StateFingerprint fingerprint = StateFingerprint.ofEntities(getSessionFactory(), config.getNavigableRole());
        return switch (config.getAccessType()) {
            case READ_ONLY -> new EntityReadOnlyAccess(this, RegionKeys.INSTANCE, plain(fingerprint), config);
            case NONSTRICT_READ_WRITE ->
                new EntityNonStrictReadWriteAccess(this, RegionKeys.INSTANCE, plain(fingerprint), config);
            case READ_WRITE, TRANSACTIONAL -> new SoftLockedEntities(this, locked(fingerprint), config.getAccessType());
        };
    }

    @Override
    protected CollectionDataAccess generateCollectionAccess(CollectionDataCachingConfig config) {
        StateFingerprint fingerprint = StateFingerprint.ofCollection(getSessionFactory(), config.getNavigableRole());
        return switch (config.getAccessType()) {
            case READ_ONLY -> new CollectionReadOnlyAccess(this, RegionKeys.INSTANCE, plain(fingerprint), config);
            case NONSTRICT_READ_WRITE ->
                new CollectionNonStrictReadWriteAccess(this, RegionKeys.INSTANCE, plain(fingerprint), config);
            case READ_WRITE, TRANSACTIONAL ->
                new SoftLockedCollections(this, locked(fingerprint), config.getAccessType());
        };
    }

    @Override
    protected NaturalIdDataAccess generateNaturalIdAccess(NaturalIdDataCachingConfig config) {
        StateFingerprint fingerprint = StateFingerprint.ofNaturalIds(getSessionFactory(), config.getNavigableRole());
        return switch (config.getAccessType()) {
            case READ_ONLY -> new NaturalIdReadOnlyAccess(this, RegionKeys.INSTANCE, plain(fingerprint), config);
            case NONSTRICT_READ_WRITE ->
                new NaturalIdNonStrictReadWriteAccess(this, RegionKeys.INSTANCE, plain(fingerprint), config);
            case READ_WRITE, TRANSACTIONAL ->
                new SoftLockedNaturalIds(this, locked(fingerprint), config.getAccessType());
        };
    }

    private PlainStorage plain(StateFingerprint fingerprint) {
        return new PlainStorage(cache, fingerprint);
    }

    private SoftLocks locked(StateFingerprint fingerprint) {
        return new SoftLocks(cache, terms, fingerprint);
    }

    @Override
    public RegionCache cache() {
        return cache;
    }

    /** Removes all entries and all soft locks; loads that are under way are not kept. */
    @Override
    public void clear() {
        SoftLocks.evictAll(cache, terms);
    }
}
