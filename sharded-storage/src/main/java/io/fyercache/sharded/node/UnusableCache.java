package io.fyercache.sharded.node;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.sharded.engine.CacheDestroyedException;
import io.fyercache.sharded.replication.HostedCache;
import java.util.function.Supplier;
import javax.cache.CacheException;

/** A cache that this member cannot tell what it is, or that is none any more: the log may have entries of it, and it can have no new ones. */
final class UnusableCache {
    private UnusableCache() {}

    /** Returns one that this member cannot read the definition of. */
    static HostedCache because(String why) {
        return thatFails(() -> new CacheException(why));
    }

    /** Returns one that there is no more. */
    static HostedCache destroyed(int number) {
        return thatFails(() -> new CacheDestroyedException(CacheDestroyedException.message(number)));
    }

    /** Returns one that fails to store anything, and says why. */
    private static HostedCache thatFails(Supplier<CacheException> why) {
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
    private record Refused(Supplier<CacheException> why) implements Expiry {
        @Override
        public long afterCreation(long nowMillis) {
            throw why.get();
        }

        @Override
        public long afterUpdate(long nowMillis) {
            throw why.get();
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
