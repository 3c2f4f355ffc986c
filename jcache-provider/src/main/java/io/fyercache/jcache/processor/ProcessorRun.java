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
 * A user's {@link EntryProcessor} on one key as the engine's {@link EntryProcess}.
 *
 * <p>An {@link EntryProcessorException} passes as it is, because callers (Spring among them) take the cause from it; so does any other
 * {@link CacheException}, such as that of a loader. Other exceptions are wrapped (JSR-107, {@code EntryProcessor}), errors are not.
 */
public final class ProcessorRun implements EntryProcess {
    private final Object key;
    private final EntryForm form;
    private final Class<?> valueType;
    private final EntryProcessor<Object, @Nullable Object, @Nullable Object> processor;
    private final @Nullable Object[] arguments;

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
    public @Nullable Object process(ProcessedEntry entry) {
        EntryView view = new EntryView(key, form, valueType, entry);
        try {
            return processor.process((MutableEntry<Object, @Nullable Object>) view, arguments);
        } catch (CacheException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EntryProcessorException(
                    "entry processor " + processor.getClass().getName() + " failed: " + e, e);
        } finally {
            view.end();
        }
    }
}
