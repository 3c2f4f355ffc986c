package io.fyercache.jcache.integration;

import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.jcache.copy.EntryForm;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/**
 * A user's {@link CacheWriter} as the engine's {@link EntryWriter}.
 *
 * <p>What the writer throws is, or is wrapped into, a {@link CacheWriterException}; errors pass as they are.
 */
public final class WriterBridge implements EntryWriter {
    private final String cacheName;
    private final Supplier<CacheWriter<Object, Object>> writer;
    private final EntryForm form;
    private final WriteFence fence;

    /**
     * Makes the bridge of a cache.
     *
     * @param writer returns the writer; what it throws fails the write
     */
    // The configuration declares the writer's types; keys and values were checked against them when they came in.
    @SuppressWarnings("unchecked")
    public WriterBridge(String cacheName, Supplier<? extends CacheWriter<?, ?>> writer, EntryForm form) {
        this(cacheName, (Supplier<CacheWriter<Object, Object>>) writer, form, WriteFence.NONE);
    }

    private WriterBridge(
            String cacheName, Supplier<CacheWriter<Object, Object>> writer, EntryForm form, WriteFence fence) {
        this.cacheName = cacheName;
        this.writer = writer;
        this.form = form;
        this.fence = fence;
    }

    @Override
    public EntryWriter fencedBy(WriteFence other) {
        return other == fence ? this : new WriterBridge(cacheName, writer, form, other);
    }

    @Override
    public void write(Object key, Object value) {
        CacheWriter<Object, Object> user = present();
        try {
            fence.during(() -> user.write(new WrittenEntry(form, key, value)));
        } catch (CacheWriterException e) {
            throw e;
        } catch (Exception e) {
            throw failure(user, "write", e);
        }
    }

    @Override
    public void writeAll(Map<Object, Object> entries) {
        CacheWriter<Object, Object> user = present();
        // Entries are equal by identity: the writer takes one out without calling equals of keys or values.
        Collection<Cache.Entry<?, ?>> unwritten = new LinkedHashSet<>();
        entries.forEach((key, value) -> unwritten.add(new WrittenEntry(form, key, value)));
        try {
            fence.during(() -> user.writeAll(unwritten));
        } catch (Exception e) {
            entries.clear();
            for (Cache.Entry<?, ?> entry : unwritten) {
                if (entry instanceof WrittenEntry ours) {
                    entries.put(ours.key, ours.stored);
                }
            }
            throw e instanceof CacheWriterException passed ? passed : failure(user, "writeAll", e);
        }
        // A writer that returns has written all, whether it emptied the collection or not.
        entries.clear();
    }

    @Override
    public void delete(Object key) {
        CacheWriter<Object, Object> user = present();
        try {
            fence.during(() -> user.delete(form.keyToUser(key)));
        } catch (CacheWriterException e) {
            throw e;
        } catch (Exception e) {
            throw failure(user, "delete", e);
        }
    }

    @Override
    public void deleteAll(Set<Object> keys) {
        CacheWriter<Object, Object> user = present();
        Set<Object> undeleted = new LinkedHashSet<>();
        keys.forEach(key -> undeleted.add(form.keyToUser(key)));
        try {
            fence.during(() -> user.deleteAll(undeleted));
        } catch (Exception e) {
            keys.retainAll(undeleted);
            throw e instanceof CacheWriterException passed ? passed : failure(user, "deleteAll", e);
        }
        keys.clear();
    }

    /** Returns the writer. That it is not here is no failure of its own. */
    private CacheWriter<Object, Object> present() {
        try {
            return writer.get();
        } catch (CacheException e) {
            throw new CacheWriterException(e.getMessage(), e);
        }
    }

    private CacheWriterException failure(CacheWriter<?, ?> user, String method, Exception cause) {
        return new CacheWriterException(
                "cache '" + cacheName + "': " + method + " of writer "
                        + user.getClass().getName() + " failed: " + cause,
                cause);
    }

    /** What a writer is told of an entry: a snapshot, independent of the cache ({@code CacheWriter.write}). Equal by identity. */
    private static final class WrittenEntry implements Cache.Entry<Object, Object> {
        private final EntryForm form;
        private final Object key;
        private final Object stored;

        WrittenEntry(EntryForm form, Object key, Object stored) {
            this.form = form;
            this.key = key;
            this.stored = stored;
        }

        @Override
        public Object getKey() {
            return form.keyToUser(key);
        }

        @Override
        public Object getValue() {
            return form.toUser(stored);
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            if (type.isInstance(this)) {
                return type.cast(this);
            }
            throw new IllegalArgumentException(
                    "unwrap: " + type.getName() + " (expected: " + Cache.Entry.class.getName() + ")");
        }
    }
}
