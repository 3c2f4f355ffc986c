package io.fyercache.zookeeper;

import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.zookeeper.lock.Locks;
import io.fyercache.zookeeper.lock.SessionLocks;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The engines of a manager whose caches are in a cluster, and the locks of that cluster, which end with them. Thread-safe. */
record EnginesWithLocks(CacheEngines engines, SessionLocks locks) implements CacheEngines {
    @Override
    public Keeping keeping() {
        return engines.keeping();
    }

    @Override
    public CacheEngine open(CacheDesign design) {
        return engines.open(design);
    }

    @Override
    public CacheEngine openDefined(CacheDesign design) {
        return engines.openDefined(design);
    }

    @Override
    public <T> @Nullable T as(Class<T> type) {
        return type == Locks.class ? type.cast(locks) : engines.as(type);
    }

    @Override
    public Executor background() {
        return engines.background();
    }

    @Override
    public void close() {
        try {
            locks.close();
        } finally {
            engines.close();
        }
    }
}
