package io.fyercache.jcache.processor;

import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.jcache.copy.EntryForm;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * One run of a user's {@link EntryProcessor} on one key: to the engine the {@link EntryProcess}, to the processor the entry, until it
 * returns. One object for both, because an invocation costs little more than what it allocates.
 *
 * <p>An {@link EntryProcessorException} passes as it is, because callers (Spring among them) take the cause from it; so does any other
 * {@link CacheException}, such as that of a loader. Other exceptions are wrapped (JSR-107, {@code EntryProcessor}), errors are not.
 *
 * <p>Used by the thread that runs the processor.
 */
public final class ProcessorRun implements EntryProcess, MutableEntry<Object, @Nullable Object> {
    private final Object key;
    private final EntryForm form;
    private final Class<?> valueType;
    private final EntryProcessor<Object, @Nullable Object, @Nullable Object> processor;
    private final @Nullable Object[] arguments;

    /** Null unless the processor is running. */
    private @Nullable ProcessedEntry entry;

    /**
     * Makes the run of {@code processor} on {@code key}.
     *
     * @param valueType what each value that the processor sets must be an instance of
     */
    // The cache's type parameters hold for its processors.
    @SuppressWarnings("unchecked")
    public ProcessorRun(
            Object key,
            EntryForm form,
            Class<?> valueType,
            EntryProcessor<?, ?, ?> processor,
            @Nullable Object[] arguments) {
        this.key = key;
        this.form = form;
        this.valueType = valueType;
        this.processor = (EntryProcessor<Object, @Nullable Object, @Nullable Object>) processor;
        this.arguments = arguments;
    }

    @Override
    public @Nullable Object process(ProcessedEntry processed) {
        entry = processed;
        try {
            return processor.process(this, arguments);
        } catch (CacheException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EntryProcessorException(
                    "entry processor " + processor.getClass().getName() + " failed: " + e, e);
        } finally {
            entry = null;
        }
    }

    // ---- what the processor sees

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

    @Override
    public String toString() {
        // The key may be secret.
        return "the entry of a run of " + processor.getClass().getName();
    }
}
