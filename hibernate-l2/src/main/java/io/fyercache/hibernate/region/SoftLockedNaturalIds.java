package io.fyercache.hibernate.region;

import io.fyercache.hibernate.key.RegionKeys;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.NaturalIdDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/** Access with soft locks to what natural ids stand for. They have no versions. */
final class SoftLockedNaturalIds extends SoftLockedAccess implements NaturalIdDataAccess {

    SoftLockedNaturalIds(DomainDataRegion region, SoftLocks locks, AccessType accessType) {
        super(region, locks, accessType);
    }

    @Override
    public Object generateCacheKey(
            Object naturalIdValues, EntityPersister rootEntityDescriptor, SharedSessionContractImplementor session) {
        return RegionKeys.INSTANCE.createNaturalIdKey(naturalIdValues, rootEntityDescriptor, session);
    }

    @Override
    public Object getNaturalIdValues(Object cacheKey) {
        return RegionKeys.INSTANCE.getNaturalIdValues(cacheKey);
    }

    @Override
    public boolean insert(SharedSessionContractImplementor session, Object key, Object value) {
        return false;
    }

    @Override
    public boolean afterInsert(SharedSessionContractImplementor session, Object key, Object value) {
        return locks().offerInserted(key, value, null, SessionContext.startOf(session));
    }

    @Override
    public boolean update(SharedSessionContractImplementor session, Object key, Object value) {
        return false;
    }

    @Override
    public boolean afterUpdate(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable SoftLock lock) {
        return locks().endWith(key, lock, value, null);
    }
}
