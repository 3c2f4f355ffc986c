package io.fyercache.benchmarks.speed;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Reads an entry's value and sets the first argument instead: what a read-modify-write does, without its computation. */
final class SwapValue implements EntryProcessor<Long, Object, Boolean>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean process(MutableEntry<Long, Object> entry, Object... arguments) {
        boolean present = entry.getValue() != null;
        entry.setValue(arguments[0]);
        return present;
    }
}
