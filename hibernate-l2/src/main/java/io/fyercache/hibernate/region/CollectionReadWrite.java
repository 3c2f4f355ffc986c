package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.RegionKeys;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.CollectionDataAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.jspecify.annotations.Nullable;

/** READ_WRITE access to collections. A change only takes their entries away. */
final class CollectionReadWrite extends ReadWriteAccess implements CollectionDataAccess {

    CollectionReadWrite(DomainDataRegion region, SoftLocks locks) {
        super(region, locks);
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
