package io.fyercache.jcache.processor;

import io.fyercache.core.operation.PortableProcess;
import io.fyercache.core.operation.ProcessedEntry;
import io.fyercache.jcache.copy.Encoded;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The run of a user's {@link EntryProcessor} that may take place on a member of a cluster: the processor goes there with its arguments, by the
 * codec of the cache and its class filter, and {@link PortableProcessors} receives them. Used by one thread.
 */
public final class PortableRun implements PortableProcess {
    /** What failures call it. */
    static final String WHAT = "entry processor with its arguments";

    private final Encoded form;
    private final ProcessorRun here;
    private final EntryProcessor<?, ?, ?> processor;
    private final @Nullable Object[] arguments;

    /** Makes the run of {@code processor}; the other arguments are as for {@link ProcessorRun}. */
    public PortableRun(
            Object key,
            Encoded form,
            Class<?> valueType,
            EntryProcessor<?, ?, ?> processor,
            @Nullable Object[] arguments) {
        this.form = form;
        this.here = new ProcessorRun(key, form, valueType, processor, arguments);
        this.processor = processor;
        this.arguments = arguments;
    }

    @Override
    public @Nullable Object process(ProcessedEntry entry) {
        return here.process(entry);
    }

    @Override
    public byte[] encode() {
        return form.encode(WHAT, new Object[] {processor, arguments});
    }

    @Override
    public Object decodeResult(byte[] encoded) {
        return form.decode("result of an entry processor", encoded);
    }
}
