package io.fyercache.jcache.processor;

import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.ProcessForm;
import io.fyercache.jcache.copy.Encoded;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;

/** Receives entry processors that {@link PortableRun} has sent. Thread-safe. */
public final class PortableProcessors implements ProcessForm {
    private final Encoded form;
    private final Supplier<Class<?>> valueType;

    /**
     * Makes the receiver of a cache.
     *
     * @param valueType returns what each value that a processor sets must be an instance of; if it throws, no processor can be received
     */
    public PortableProcessors(Encoded form, Supplier<Class<?>> valueType) {
        this.form = form;
        this.valueType = valueType;
    }

    @Override
    public EntryProcess decode(Object key, byte[] encoded) {
        Object sent = form.decode(PortableRun.WHAT, encoded);
        if (!(sent instanceof Object[] parts
                && parts.length == 2
                && parts[0] instanceof EntryProcessor<?, ?, ?> processor
                && parts[1] instanceof Object[] arguments)) {
            throw new EntryProcessorException(PortableRun.WHAT + ": an instance of "
                    + sent.getClass().getName() + " (expected: what a cache of the same kind sends)");
        }
        ProcessorRun run = new ProcessorRun(key, form, valueType.get(), processor, arguments);
        return entry -> {
            Object result = run.process(entry);
            return result == null ? null : form.encode("result of an entry processor", result);
        };
    }
}
