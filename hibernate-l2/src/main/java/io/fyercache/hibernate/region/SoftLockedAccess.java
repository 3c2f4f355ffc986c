package io.fyercache.hibernate.region;

import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What access with soft locks to entities, collections and natural ids has in common, by Hibernate's calls. Entries change after the commit only,
 * whoever decides on it: the database, or a transaction manager for several of them. So READ_WRITE and TRANSACTIONAL are one (ADR 45).
 *
 * <p>Thread-safe.
 */
abstract class SoftLockedAccess implements CachedDomainDataAccess {
    private final DomainDataRegion region;
    private final SoftLocks locks;
    private final AccessType accessType;

    SoftLockedAccess(DomainDataRegion region, SoftLocks locks, AccessType accessType) {
        this.region = region;
        this.locks = locks;
        this.accessType = accessType;
    }

    final SoftLocks locks() {
        return locks;
    }

    @Override
    public final DomainDataRegion getRegion() {
        return region;
    }

    @Override
    public final AccessType getAccessType() {
        return accessType;
    }

    @Override
    public final @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        return SessionContext.uses(session, region) ? locks.read(key, SessionContext.startOf(session)) : null;
    }

    @Override
    public final boolean putFromLoad(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        return SessionContext.uses(session, region)
                && locks.offerLoaded(key, value, version, SessionContext.startOf(session));
    }

    @Override
    public final boolean putFromLoad(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object version,
            boolean minimalPutOverride) {
        return !(minimalPutOverride && locks.isLoadInVain(key, version, SessionContext.startOf(session)))
                && putFromLoad(session, key, value, version);
    }

    @Override
    public final SoftLock lockItem(SharedSessionContractImplementor session, Object key, @Nullable Object version) {
        return locks.take(key, version);
    }

    @Override
    public final void unlockItem(SharedSessionContractImplementor session, Object key, @Nullable SoftLock lock) {
        locks.end(key, lock);
    }

    @Override
    public final void remove(SharedSessionContractImplementor session, Object key) {
        locks.drop(key);
    }

    /** Removes nothing: before the commit of a change of many, all entries are still right to others. But the session does without them. */
    @Override
    public final void removeAll(SharedSessionContractImplementor session) {
        SessionContext.leave(session, region);
    }

    @Override
    public final boolean contains(Object key) {
        return locks.contains(key);
    }

    /** Returns null: there is no lock of a region. */
    @Override
    public final @Nullable SoftLock lockRegion() {
        return null;
    }

    @Override
    public final void unlockRegion(@Nullable SoftLock lock) {
        locks.evictAll();
    }

    @Override
    public final void evict(Object key) {
        locks.evict(key);
    }

    @Override
    public final void evictAll() {
        locks.evictAll();
    }
}
