package io.fyercache.jcache.processor;

import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.jcache.copy.EntryForm;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** What an entry processor sees of the entry, until it returns. Used by the thread that runs the processor. */
final class EntryView implements MutableEntry<Object, @Nullable Object> {
    private final Object key;
    private final EntryForm form;
    private final Class<?> valueType;

    /** Null as soon as the processor has returned. */
    private @Nullable ProcessedEntry entry;

    EntryView(Object key, EntryForm form, Class<?> valueType, ProcessedEntry entry) {
        this.key = key;
        this.form = form;
        this.valueType = valueType;
        this.entry = entry;
    }

    /** Says that the processor has returned. */
    void end() {
        entry = null;
    }

    @Override
    public Object getKey() {
        return key;
    }

    @Override
    public boolean exists() {
        return entry().exists();
    }

    @Override
    public @Nullable Object getValue() {
        Object stored = entry().value();
        return stored == null ? null : form.toUser(stored);
    }

    @Override
    public void setValue(@Nullable Object value) {
        if (value == null) {
            throw new NullPointerException("value: null (expected: a value); use remove() to remove the entry");
        }
        if (!valueType.isInstance(value)) {
            throw new ClassCastException("value: " + value.getClass().getName() + " (expected: " + valueType.getName()
                    + ", as the cache is configured)");
        }
        entry().set(form.toStored(value));
    }

    @Override
    public void remove() {
        entry().remove();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException(
                "unwrap: " + type.getName() + " (expected: " + MutableEntry.class.getName() + ")");
    }

    private ProcessedEntry entry() {
        ProcessedEntry running = entry;
        if (running == null) {
            throw new IllegalStateException("entry: used after its entry processor returned (expected: only before);"
                    + " take what is needed from it while the processor runs");
        }
        return running;
    }
}
