package io.fyercache.sharded.engine;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.engine.EvictionObserver;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.store.Bounds.Weigher;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.replication.EvictionOrder;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.LossPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
     * @param user in which keys are the user's and values bytes; its listeners are not told here
     * @param counters count what the member serves, and its loads
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
        MemberForm form = new MemberForm(member, MemberForm.encoded(user.name(), user.form()));
        CacheDefinition hosted = new CacheDefinition(
                user.name(),
                form,
                new Processes(member, form, user.processes()),
                user.expiry(),
                bounds(form, user.bounds()),
                user.loader() == null ? null : new Loader(form, user.loader()),
                user.reading(),
                user.loading(),
                user.writer() == null ? null : new Writer(form, user.writer(), WriteFence.NONE),
                user.writeBehind(),
                ChangeListeners.NONE,
                evictionObserver(form, user.evictions()),
                user.near());
        LoadCoordinator loads = hosted.loader() == null
                ? null
                : new LoadCoordinator(hosted.loader(), hosted.loading(), counters, clock, background);
        return new HostedCache(hosted, loads, evictions, LossPolicy.RESET, form::failure, counters);
    }

    private static Bounds bounds(MemberForm form, Bounds user) {
        Weigher weigher = user.weigher();
        return weigher == null
                ? user
                : new Bounds(
                        user.maximum(), (key, value) -> weigher.weigh(form.userKey(key), MemberForm.stored(value)));
    }

    private static @Nullable EvictionObserver evictionObserver(MemberForm form, @Nullable EvictionObserver user) {
        return user == null ? null : (key, value) -> user.evicted(form.userKey(key), MemberForm.stored(value));
    }

    private record Processes(String member, MemberForm form, ProcessForm processes) implements ProcessForm {
        @Override
        public EntryProcess decode(Object key, byte[] encoded) {
            EntryProcess process;
            try {
                process = processes.decode(form.userKey(key), encoded);
            } catch (RuntimeException e) {
                throw new EntryProcessorException(
                        "member '" + member
                                + "' cannot run an entry processor, and nothing has happened (expected: that"
                                + " it has all classes and permits them): " + e.getMessage(),
                        e);
            }
            return entry -> {
                Object result = process.process(new StoredEntryView(entry));
                return result == null ? null : MemberForm.encoded(result);
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
            return value == null ? null : MemberForm.stored(value);
        }

        @Override
        public void set(Object newValue) {
            entry.set(MemberForm.encoded(newValue));
        }

        @Override
        public void remove() {
            entry.remove();
        }
    }

    private record Loader(MemberForm form, EntryLoader loader) implements EntryLoader {
        @Override
        public @Nullable Object load(Object key) {
            Object loaded = loader.load(form.userKey(key));
            return loaded == null ? null : MemberForm.encoded(loaded);
        }

        @Override
        public Map<Object, Object> loadAll(Collection<?> keys) {
            // By the keys that were asked for: only who asked knows the bytes of a key for certain.
            Map<Object, Object> asked = new LinkedHashMap<>();
            keys.forEach(key -> asked.put(form.userKey(key), key));
            Map<Object, Object> loaded = new HashMap<>();
            loader.loadAll(asked.keySet()).forEach((userKey, value) -> {
                Object key = asked.get(userKey);
                if (key != null) {
                    loaded.put(key, MemberForm.encoded(value));
                }
            });
            return loaded;
        }
    }

    private record Writer(MemberForm form, EntryWriter writer, WriteFence fence) implements EntryWriter {
        @Override
        public EntryWriter fencedBy(WriteFence other) {
            return new Writer(form, writer, other);
        }

        /** Returns the user's writer for a call about these keys: from the user's form to the one that members have. */
        private EntryWriter fenced(Map<Object, Object> keys) {
            return writer.fencedBy(fence.translated(keys));
        }

        @Override
        public void write(Object key, Object value) {
            Object userKey = form.userKey(key);
            fenced(Map.of(userKey, key)).write(userKey, MemberForm.stored(value));
        }

        @Override
        public void delete(Object key) {
            Object userKey = form.userKey(key);
            fenced(Map.of(userKey, key)).delete(userKey);
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            Map<Object, Object> keys = new HashMap<>();
            Map<Object, Object> left = new HashMap<>();
            entries.forEach((key, value) -> {
                Object userKey = form.userKey(key);
                keys.put(userKey, key);
                left.put(userKey, MemberForm.stored(value));
            });
            try {
                fenced(keys).writeAll(left);
            } finally {
                entries.keySet().removeIf(key -> !left.containsKey(form.userKey(key)));
            }
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            Map<Object, Object> byUserKey = new LinkedHashMap<>();
            keys.forEach(key -> byUserKey.put(form.userKey(key), key));
            Set<Object> left = new LinkedHashSet<>(byUserKey.keySet());
            try {
                fenced(byUserKey).deleteAll(left);
            } finally {
                keys.removeIf(key -> !left.contains(form.userKey(key)));
            }
        }
    }
}
