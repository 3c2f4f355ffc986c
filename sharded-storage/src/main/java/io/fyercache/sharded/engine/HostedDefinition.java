package io.fyercache.sharded.engine;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.store.Bounds.Weigher;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.replication.EvictionOrder;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.LossPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * What a user has said of a cache, in terms of the members: there keys are {@link EncodedKey}s and values {@link EncodedValue}s, which become
 * the user's keys and stored values again for user code. Thread-safe, as far as the user code is.
 */
public final class HostedDefinition {
    private HostedDefinition() {}

    /**
     * Makes a cache as one member has it.
     *
     * @param member what errors call the member
     * @param user in which keys are the user's and values bytes
     * @param counters count the member's loads
     * @param background where values are loaded ahead of time
     * @param evictions says what goes if the member has too much of it; null if the definition has no bounds
     * @throws IllegalArgumentException if the definition's form is not one of bytes, or if it has bounds and there is no order, or the reverse
     */
    public static HostedCache host(
            String member,
            CacheDefinition user,
            CacheCounters counters,
            Clock clock,
            Executor background,
            @Nullable EvictionOrder evictions) {
        EncodedForm form = formOf(user);
        CacheDefinition hosted = new CacheDefinition(
                user.name(),
                new Form(form),
                new Processes(member, form, user.processes()),
                user.expiry(),
                bounds(form, user.bounds()),
                user.loader() == null ? null : new Loader(form, user.loader()),
                user.reading(),
                user.loading(),
                user.writer() == null ? null : new Writer(form, user.writer()),
                ChangeListeners.NONE,
                null);
        LoadCoordinator loads = hosted.loader() == null
                ? null
                : new LoadCoordinator(hosted.loader(), hosted.loading(), counters, clock, background);
        return new HostedCache(hosted, loads, evictions, LossPolicy.RESET);
    }

    /**
     * Returns the form of a cache whose entries are to be in a cluster.
     *
     * @throws IllegalArgumentException if it is not one of bytes
     */
    static EncodedForm formOf(CacheDefinition user) {
        if (user.form() instanceof EncodedForm form) {
            return form;
        }
        throw new IllegalArgumentException("cache '" + user.name() + "': form: "
                + user.form().getClass().getName() + " (expected: an encoded form, as a cluster keeps bytes)");
    }

    private static Bounds bounds(EncodedForm form, Bounds user) {
        Weigher weigher = user.weigher();
        return weigher == null
                ? user
                : new Bounds(user.maximum(), (key, value) -> weigher.weigh(userKey(form, key), stored(value)));
    }

    private static Object userKey(EncodedForm form, Object key) {
        return form.decodeKey(((EncodedKey) key).bytes());
    }

    private static Object stored(Object value) {
        return ((EncodedValue) value).bytes();
    }

    private static EncodedValue encoded(Object stored) {
        return new EncodedValue((byte[]) stored);
    }

    private record Form(EncodedForm form) implements StoredForm {
        @Override
        public Object keep(Object key) {
            return key; // Nobody can change it.
        }

        @Override
        public boolean sameValue(Object value, Object other) {
            return form.sameValue(stored(value), stored(other));
        }
    }

    private record Processes(String member, EncodedForm form, ProcessForm processes) implements ProcessForm {
        @Override
        public EntryProcess decode(Object key, byte[] encoded) {
            EntryProcess process;
            try {
                process = processes.decode(userKey(form, key), encoded);
            } catch (RuntimeException e) {
                throw new EntryProcessorException(
                        "member '" + member
                                + "' cannot run an entry processor, and nothing has happened (expected: that"
                                + " it has all classes and permits them): " + e.getMessage(),
                        e);
            }
            return entry -> {
                Object result = process.process(new StoredEntryView(entry));
                return result == null ? null : encoded(result);
            };
        }
    }

    /** The entry as the user's process sees it. */
    private record StoredEntryView(ProcessedEntry entry) implements ProcessedEntry {
        @Override
        public boolean exists() {
            return entry.exists();
        }

        @Override
        public @Nullable Object value() {
            Object value = entry.value();
            return value == null ? null : stored(value);
        }

        @Override
        public void set(Object newValue) {
            entry.set(encoded(newValue));
        }

        @Override
        public void remove() {
            entry.remove();
        }
    }

    private record Loader(EncodedForm form, EntryLoader loader) implements EntryLoader {
        @Override
        public @Nullable Object load(Object key) {
            Object loaded = loader.load(userKey(form, key));
            return loaded == null ? null : encoded(loaded);
        }

        @Override
        public Map<Object, Object> loadAll(Collection<?> keys) {
            List<Object> asked = new ArrayList<>();
            keys.forEach(key -> asked.add(userKey(form, key)));
            Map<Object, Object> loaded = new HashMap<>();
            loader.loadAll(asked)
                    .forEach((key, value) -> loaded.put(new EncodedKey(form.encodeKey(key)), encoded(value)));
            return loaded;
        }
    }

    private record Writer(EncodedForm form, EntryWriter writer) implements EntryWriter {
        @Override
        public void write(Object key, Object value) {
            writer.write(userKey(form, key), stored(value));
        }

        @Override
        public void delete(Object key) {
            writer.delete(userKey(form, key));
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            Map<Object, Object> left = new HashMap<>();
            entries.forEach((key, value) -> left.put(userKey(form, key), stored(value)));
            try {
                writer.writeAll(left);
            } finally {
                entries.keySet().removeIf(key -> !left.containsKey(userKey(form, key)));
            }
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            Set<Object> left = new LinkedHashSet<>();
            keys.forEach(key -> left.add(userKey(form, key)));
            try {
                writer.deleteAll(left);
            } finally {
                keys.removeIf(key -> !left.contains(userKey(form, key)));
            }
        }
    }
}
