package io.fyercache.hibernate;

import io.fyercache.hibernate.model.Counter;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;

/** A session that has found a counter, and offers it to the cache later than sessions do: when others have changed it. */
final class LateLoad implements AutoCloseable {
    private final Session session;
    private final SharedSessionContractImplementor loading;
    private final EntityDataAccess access;
    private final Object key;
    private final Object found;

    /** Finds the counter of that identifier. */
    LateLoad(CachedDatabase database, long id) {
        EntityPersister persister = database.factory().getMappingMetamodel().getEntityDescriptor(Counter.class);
        access = persister.getCacheAccessStrategy();
        key = access.generateCacheKey(id, persister, database.factory(), null);
        session = database.factory().openSession();
        loading = session.unwrap(SharedSessionContractImplementor.class);
        session.beginTransaction();
        Counter counter = session.find(Counter.class, id);
        found = persister.buildCacheEntry(counter, new Object[] {counter.hits()}, null, loading);
    }

    /** Offers what it has found; returns whether it is kept. */
    boolean offer() {
        return access.putFromLoad(loading, key, found, null);
    }

    @Override
    public void close() {
        session.getTransaction().commit();
        session.close();
    }
}
