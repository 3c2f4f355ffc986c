package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.RegionKeys;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Access with soft locks to entities. */
final class SoftLockedEntities extends SoftLockedAccess implements EntityDataAccess {

    SoftLockedEntities(DomainDataRegion region, SoftLocks locks, AccessType accessType) {
        super(region, locks, accessType);
    }

    @Override
    public Object generateCacheKey(
            Object id,
            EntityPersister rootEntityDescriptor,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        return RegionKeys.INSTANCE.createEntityKey(id, rootEntityDescriptor, factory, tenantIdentifier);
    }

    @Override
    public Object getCacheKeyId(Object cacheKey) {
        return RegionKeys.INSTANCE.getEntityId(cacheKey);
    }

    @Override
    public boolean insert(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        return false;
    }

    @Override
    public boolean afterInsert(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        return locks().offerInserted(key, value, version, SessionContext.startOf(session));
    }

    @Override
    public boolean update(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object currentVersion,
            @Nullable Object previousVersion) {
        return false;
    }

    @Override
    public boolean afterUpdate(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object currentVersion,
            @Nullable Object previousVersion,
            @Nullable SoftLock lock) {
        return locks().endWith(key, lock, value, currentVersion);
    }
}
