package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.RegionKeys;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** Access with soft locks to collections. A change only takes their entries away. */
final class SoftLockedCollections extends SoftLockedAccess implements CollectionDataAccess {

    SoftLockedCollections(DomainDataRegion region, SoftLocks locks, AccessType accessType) {
        super(region, locks, accessType);
    }

    @Override
    public Object generateCacheKey(
            Object id,
            CollectionPersister collectionDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        return RegionKeys.INSTANCE.createCollectionKey(id, collectionDescriptor, factory, tenantIdentifier);
    }

    @Override
    public Object getCacheKeyId(Object cacheKey) {
        return RegionKeys.INSTANCE.getCollectionId(cacheKey);
    }
}
