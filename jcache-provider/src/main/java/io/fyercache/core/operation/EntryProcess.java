package io.fyercache.core.operation;

import org.jspecify.annotations.Nullable;

/** Foreign code that looks at an entry and may change it: the engine's side of an entry processor (JSR-107 chapter 9). */
@FunctionalInterface
public interface EntryProcess {

    /**
     * Works on the entry, with its key held. What it throws ends the operation without any change.
     *
     * @return the result of the operation
     */
    @Nullable
    Object process(ProcessedEntry entry);
}
