package io.fyercache.hibernate.region;

import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.cache.spi.access.CachedDomainDataAccess;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What READ_WRITE access to entities, collections and natural ids has in common, by Hibernate's calls. Entries change after the commit only.
 *
 * <p>Thread-safe.
 */
abstract class ReadWriteAccess implements CachedDomainDataAccess {
    private final DomainDataRegion region;
    private final SoftLocks locks;

    ReadWriteAccess(DomainDataRegion region, SoftLocks locks) {
        this.region = region;
        this.locks = locks;
    }

    final SoftLocks locks() {
        return locks;
    }

    static long startOf(SharedSessionContractImplementor session) {
        return session.getCacheTransactionSynchronization().getCachingTimestamp();
    }

    @Override
    public final DomainDataRegion getRegion() {
        return region;
    }

    @Override
    public final AccessType getAccessType() {
        return AccessType.READ_WRITE;
    }

    @Override
    public final @Nullable Object get(SharedSessionContractImplementor session, Object key) {
        return locks.read(key, startOf(session));
    }

    @Override
    public final boolean putFromLoad(
            SharedSessionContractImplementor session, Object key, Object value, @Nullable Object version) {
        return locks.offerLoaded(key, value, version, startOf(session));
    }

    @Override
    public final boolean putFromLoad(
            SharedSessionContractImplementor session,
            Object key,
            Object value,
            @Nullable Object version,
            boolean minimalPutOverride) {
        long start = startOf(session);
        return !(minimalPutOverride && locks.isLoadInVain(key, version, start))
                && locks.offerLoaded(key, value, version, start);
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

    /** Does nothing: before the commit of a change of many, all entries are still right. */
    @Override
    public final void removeAll(SharedSessionContractImplementor session) {}

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
