package io.fyercache.sharded.node;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.sharded.replication.HostedCache;
import javax.cache.CacheException;

/** A cache that this member cannot tell what it is: the log may have entries of it, and it can have no new ones. */
final class UnusableCache {
    private UnusableCache() {}

    /** Returns one that fails to store anything, and says why. */
    static HostedCache because(String why) {
        return new HostedCache(
                new CacheDefinition(
                        "unusable",
                        StoredForm.BY_REFERENCE,
                        ProcessForm.NONE,
                        new Refused(why),
                        Bounds.NONE,
                        null,
                        CacheDefinition.Reading.CACHE_ONLY,
                        LoadSettings.DEFAULT,
                        null,
                        null,
                        ChangeListeners.NONE,
                        null,
                        CacheDefinition.Near.NOT_KEPT),
                null);
    }

    /** To be stored, an entry needs a deadline. */
    private record Refused(String why) implements Expiry {
        @Override
        public long afterCreation(long nowMillis) {
            throw new CacheException(why);
        }

        @Override
        public long afterUpdate(long nowMillis) {
            throw new CacheException(why);
        }

        @Override
        public long afterAccess(long nowMillis) {
            return UNCHANGED;
        }

        @Override
        public boolean isEternal() {
            return false;
        }

        @Override
        public boolean changesOnAccess() {
            return false;
        }

        @Override
        public boolean runsUserCode() {
            return false;
        }
    }
}
