package io.fyercache.benchmarks.workload;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/**
 * Reads an entry's value and sets the first argument instead: what a read-modify-write does, without its computation.
 *
 * @param <V> what the cache holds, and the argument is
 */
public final class SwapValue<V> implements EntryProcessor<Long, V, Boolean>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean process(MutableEntry<Long, V> entry, Object... arguments) {
        boolean present = entry.getValue() != null;
        @SuppressWarnings("unchecked") // Whoever invokes it passes a value of the cache.
        V value = (V) arguments[0];
        entry.setValue(value);
        return present;
    }
}
