package io.fyercache.sharded.message;

import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.ProcessedEntry;

/** A process on its way to where it runs: whoever has the cache there makes one that can run of these bytes. Immutable. */
public record EncodedProcess(EncodedValue code) implements EntryProcess {

    /** Throws {@link IllegalStateException}: bytes do not run. */
    @Override
    public Object process(ProcessedEntry entry) {
        throw new IllegalStateException("a process of " + code + " (expected: to be decoded before it runs)");
    }
}
