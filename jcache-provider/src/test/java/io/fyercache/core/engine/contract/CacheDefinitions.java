package io.fyercache.core.engine.contract;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.engine.EvictionObserver;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadSettings;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.write.WriteBehindSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Builds definitions of caches for tests, and the doubles that stand in for user code. */
public final class CacheDefinitions {
    private Expiry expiry = Expiry.ETERNAL;
    private StoredForm form = StoredForm.BY_REFERENCE;
    private Bounds bounds = Bounds.NONE;
    private EntryLoader loader;
    private CacheDefinition.Reading reading = CacheDefinition.Reading.CACHE_ONLY;
    private LoadSettings loading = LoadSettings.DEFAULT;
    private EntryWriter writer;
    private WriteBehindSettings writeBehind;
    private ChangeListeners listeners = ChangeListeners.NONE;
    private EvictionObserver evictions;

    public static CacheDefinitions cache() {
        return new CacheDefinitions();
    }

    public CacheDefinitions expiry(Expiry value) {
        expiry = value;
        return this;
    }

    public CacheDefinitions form(StoredForm value) {
        form = value;
        return this;
    }

    public CacheDefinitions maximumEntries(long maximum) {
        bounds = new Bounds(maximum, null);
        return this;
    }

    public CacheDefinitions maximumWeight(long maximum, Bounds.Weigher weigher) {
        bounds = new Bounds(maximum, weigher);
        return this;
    }

    public CacheDefinitions readingThrough(EntryLoader value) {
        loader = value;
        reading = CacheDefinition.Reading.THROUGH;
        return this;
    }

    public CacheDefinitions loadingOnDemand(EntryLoader value) {
        loader = value;
        return this;
    }

    public CacheDefinitions loading(LoadSettings value) {
        loading = value;
        return this;
    }

    public CacheDefinitions writingThrough(EntryWriter value) {
        writer = value;
        return this;
    }

    public CacheDefinitions writingBehind(EntryWriter value, WriteBehindSettings settings) {
        writer = value;
        writeBehind = settings;
        return this;
    }

    public CacheDefinitions listeners(ChangeListeners value) {
        listeners = value;
        return this;
    }

    public CacheDefinitions evictions(EvictionObserver value) {
        evictions = value;
        return this;
    }

    public CacheDefinition build() {
        return new CacheDefinition(
                "test",
                form,
                ProcessForm.NONE,
                expiry,
                bounds,
                loader,
                reading,
                loading,
                writer,
                writeBehind,
                listeners,
                evictions,
                CacheDefinition.Near.NOT_KEPT);
    }

    /** Loads each key by {@code function}, alone or together. */
    public static EntryLoader loader(Function<Object, Object> function) {
        return new EntryLoader() {
            @Override
            public Object load(Object key) {
                return function.apply(key);
            }

            @Override
            public Map<Object, Object> loadAll(Collection<?> keys) {
                Map<Object, Object> found = new HashMap<>();
                for (Object key : keys) {
                    Object value = function.apply(key);
                    if (value != null) {
                        found.put(key, value);
                    }
                }
                return found;
            }
        };
    }

    /** Entries live so long after creation and update; after an access, where {@code access} is not null. */
    public record TimeToLive(Duration creation, Duration update, Duration access) implements Expiry {

        public static TimeToLive ofMillis(long millis) {
            return new TimeToLive(Duration.ofMillis(millis), Duration.ofMillis(millis), null);
        }

        public static TimeToLive touchedOfMillis(long millis) {
            return new TimeToLive(Duration.ofMillis(millis), null, Duration.ofMillis(millis));
        }

        @Override
        public long afterCreation(long nowMillis) {
            return nowMillis + creation.toMillis();
        }

        @Override
        public long afterUpdate(long nowMillis) {
            return update == null ? UNCHANGED : nowMillis + update.toMillis();
        }

        @Override
        public long afterAccess(long nowMillis) {
            return access == null ? UNCHANGED : nowMillis + access.toMillis();
        }

        @Override
        public boolean isEternal() {
            return false;
        }

        @Override
        public boolean changesOnAccess() {
            return access != null;
        }

        @Override
        public boolean runsUserCode() {
            return false;
        }
    }

    /** Hears of every change. */
    public abstract static class ListenersOfAll implements ChangeListeners {
        @Override
        public final boolean isEmpty() {
            return false;
        }

        @Override
        public final ChangeInterest interest() {
            throw new AssertionError("asked at each change alone");
        }
    }

    /** Writes down what it is told, and then does what the test wants. */
    public static final class RecordingListeners extends ListenersOfAll {
        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        private volatile Consumer<EntryChange> then = change -> {};

        public void then(Consumer<EntryChange> action) {
            then = action;
        }

        /** What was heard, as {@code KIND key=value(old)}. */
        public List<String> heard() {
            return heard;
        }

        @Override
        public void publish(EntryChange change) {
            heard.add(change.kind() + " " + change.key() + "=" + change.value() + "(" + change.oldValue() + ")");
            then.accept(change);
        }
    }
}
