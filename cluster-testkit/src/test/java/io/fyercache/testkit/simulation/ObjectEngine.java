package io.fyercache.testkit.simulation;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.core.engine.AdjustedDesign;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.PortableProcess;
import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.jcache.copy.Encoded;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** An engine that keeps bytes, as one whose values are objects, and whose processes need not be serializable: it stands for the API above. */
final class ObjectEngine implements CacheEngine {
    static final Encoded FORM =
            new Encoded("test", CodecChain.of(ObjectEngine.class.getClassLoader(), ClassFilter.standard()));

    /** The processes that are on their way to members, which are in this JVM. */
    private static final Map<Long, EntryProcess> PROCESSES = new ConcurrentHashMap<>();

    private static final AtomicLong LAST_PROCESS = new AtomicLong();

    private final CacheEngine bytes;

    ObjectEngine(CacheEngine bytes) {
        this.bytes = bytes;
    }

    /** Returns a definition whose values are objects as members have it. */
    static CacheDefinition onMembers(CacheDefinition objects) {
        Bounds bounds = objects.bounds();
        Bounds.Weigher weigher = bounds.weigher();
        return new CacheDefinition(
                objects.name(),
                FORM,
                (key, encoded) -> received(encoded),
                objects.expiry(),
                weigher == null
                        ? bounds
                        : new Bounds(bounds.maximum(), (key, value) -> weigher.weigh(key, FORM.toUser(value))),
                objects.loader() == null ? null : new Loader(objects.loader()),
                objects.reading(),
                objects.loading(),
                objects.writer() == null ? null : new Writer(objects.writer()),
                objects.writeBehind(),
                ChangeListeners.NONE,
                null,
                objects.near());
    }

    private static Object stored(Object value) {
        return value == null ? null : FORM.toStored(value);
    }

    /** Everything but what says yes or no is a value. */
    private static Object user(Object result) {
        return result instanceof byte[] ? FORM.toUser(result) : result;
    }

    private static EntryProcess received(byte[] encoded) {
        EntryProcess process =
                Objects.requireNonNull(PROCESSES.get(ByteBuffer.wrap(encoded).getLong()));
        return entry -> stored(process.process(new ObjectView(entry)));
    }

    private record ObjectView(ProcessedEntry entry) implements ProcessedEntry {
        @Override
        public boolean exists() {
            return entry.exists();
        }

        @Override
        public Object value() {
            return user(entry.value());
        }

        @Override
        public void set(Object newValue) {
            entry.set(stored(newValue));
        }

        @Override
        public void remove() {
            entry.remove();
        }
    }

    private record SentProcess(long number) implements PortableProcess {
        @Override
        public Object process(ProcessedEntry entry) {
            throw new AssertionError("it runs on a member");
        }

        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public Object decodeResult(byte[] encoded) {
            return FORM.toUser(encoded);
        }
    }

    private record Loader(EntryLoader objects) implements EntryLoader {
        @Override
        public Object load(Object key) {
            return stored(objects.load(key));
        }

        @Override
        public Map<Object, Object> loadAll(Collection<?> keys) {
            Map<Object, Object> loaded = new HashMap<>(objects.loadAll(keys));
            loaded.replaceAll((key, value) -> stored(value));
            return loaded;
        }
    }

    private record Writer(EntryWriter objects) implements EntryWriter {
        @Override
        public void write(Object key, Object value) {
            objects.write(key, user(value));
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            Map<Object, Object> left = new LinkedHashMap<>(entries);
            left.replaceAll((key, value) -> user(value));
            try {
                objects.writeAll(left);
            } finally {
                entries.keySet().retainAll(left.keySet());
            }
        }

        @Override
        public void delete(Object key) {
            objects.delete(key);
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            objects.deleteAll(keys);
        }
    }

    // ---- operations

    @Override
    public Object get(Object key) {
        return user(bytes.get(key));
    }

    @Override
    public boolean containsKey(Object key) {
        return bytes.containsKey(key);
    }

    @Override
    public Map<Object, Object> getAll(Collection<?> keys) {
        return FORM.toUser(bytes.getAll(keys));
    }

    @Override
    public Object execute(Object key, EntryOperation operation) {
        if (!(operation instanceof Invoke invoke)) {
            return user(bytes.execute(key, operation.mapValues(ObjectEngine::stored)));
        }
        long number = LAST_PROCESS.incrementAndGet();
        PROCESSES.put(number, invoke.process());
        return bytes.execute(key, new Invoke(new SentProcess(number)));
    }

    @Override
    public void putAll(Map<?, Object> entries) {
        Map<Object, Object> all = new LinkedHashMap<>(entries);
        all.replaceAll((key, value) -> stored(value));
        bytes.putAll(all);
    }

    @Override
    public void removeAll(Collection<?> keys) {
        bytes.removeAll(keys);
    }

    @Override
    public void removeAll() {
        bytes.removeAll();
    }

    @Override
    public void clear() {
        bytes.clear();
    }

    @Override
    public void loadAll(Collection<?> keys, EntryOperation.Load.Existing existing) {
        bytes.loadAll(keys, existing);
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> iterator() {
        Iterator<Map.Entry<Object, Object>> entries = bytes.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Map.Entry<Object, Object> next() {
                Map.Entry<Object, Object> next = entries.next();
                return Map.entry(next.getKey(), user(next.getValue()));
            }

            @Override
            public void remove() {
                entries.remove();
            }
        };
    }

    @Override
    public void adjust(AdjustedDesign design) {
        bytes.adjust(design);
    }

    @Override
    public CacheCounters counters() {
        return bytes.counters();
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public long weight() {
        return bytes.weight();
    }

    @Override
    public void listenersChanged() {
        bytes.listenersChanged();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
