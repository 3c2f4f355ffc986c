package io.fyercache.sharded.replication;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.time.ManualClock;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.EncodedValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/** Caches on members, with and without user code. */
final class HostedCaches {
    private HostedCaches() {}

    /** Values live for a second. */
    static final Expiry ONE_SECOND =
            PolicyExpiry.of("expiring", new CreatedExpiryPolicy(new Duration(TimeUnit.SECONDS, 1)));

    static HostedCache plain() {
        return cache(Expiry.ETERNAL, null, null);
    }

    static HostedCache loading(Database database) {
        return cache(Expiry.ETERNAL, database, null);
    }

    static HostedCache writing(Database database) {
        return cache(Expiry.ETERNAL, null, database);
    }

    static HostedCache plain(LossPolicy policy) {
        return cache(Expiry.ETERNAL, null, null, policy);
    }

    static HostedCache cache(Expiry expiry, @Nullable EntryLoader loader, @Nullable EntryWriter writer) {
        return cache(expiry, loader, writer, LossPolicy.RESET);
    }

    private static HostedCache cache(
            Expiry expiry, @Nullable EntryLoader loader, @Nullable EntryWriter writer, LossPolicy policy) {
        return new HostedCache(
                definition(expiry, Bounds.NONE, loader, writer),
                loader == null
                        ? null
                        : new LoadCoordinator(
                                loader, LoadSettings.DEFAULT, new CacheCounters(), new ManualClock(0), Runnable::run),
                null,
                policy);
    }

    /** Makes a cache that reads through and writes behind, and whose values live for a second. */
    static HostedCache behind(Database database, WriteBehindSettings settings) {
        LoadCoordinator loads = new LoadCoordinator(
                database, LoadSettings.DEFAULT, new CacheCounters(), new ManualClock(0), Runnable::run);
        return new HostedCache(definition(ONE_SECOND, Bounds.NONE, database, database, settings), loads);
    }

    static HostedCache bounded(Bounds bounds, EvictionOrder order) {
        return new HostedCache(definition(Expiry.ETERNAL, bounds, null, null), null, order, LossPolicy.RESET);
    }

    static CacheDefinition definition(
            Expiry expiry, Bounds bounds, @Nullable EntryLoader loader, @Nullable EntryWriter writer) {
        return definition(expiry, bounds, loader, writer, null);
    }

    private static CacheDefinition definition(
            Expiry expiry,
            Bounds bounds,
            @Nullable EntryLoader loader,
            @Nullable EntryWriter writer,
            @Nullable WriteBehindSettings writeBehind) {
        return new CacheDefinition(
                "hosted",
                StoredForm.BY_REFERENCE,
                ProcessForm.NONE,
                expiry,
                bounds,
                loader,
                loader == null ? CacheDefinition.Reading.CACHE_ONLY : CacheDefinition.Reading.THROUGH,
                LoadSettings.DEFAULT,
                writer,
                writeBehind,
                ChangeListeners.NONE,
                null,
                CacheDefinition.Near.NOT_KEPT);
    }

    /** What the user's code asks and tells. Finds nothing, unless it is told what. */
    static final class Database implements EntryLoader, EntryWriter {
        Supplier<@Nullable Object> content = () -> null;
        boolean fails;
        final List<String> heard = new ArrayList<>();

        private void hear(String what) {
            heard.add(what);
            if (fails) {
                throw new IllegalStateException("no connection");
            }
        }

        @Override
        public @Nullable Object load(Object key) {
            hear("load");
            return content.get();
        }

        @Override
        public Map<Object, Object> loadAll(Collection<?> keys) {
            throw new AssertionError("one at a time");
        }

        @Override
        public void write(Object key, Object value) {
            hear("write " + new String(((EncodedValue) value).bytes(), StandardCharsets.UTF_8));
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            throw new AssertionError("one at a time");
        }

        @Override
        public void delete(Object key) {
            hear("delete");
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            throw new AssertionError("one at a time");
        }
    }
}
