package io.fyercache.quickstart;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * A loader that keeps the books on another: how often each key of a stream was loaded, and whether two loads of one
 * key ever ran at once. It counts whichever thread the cache loads on. Thread-safe.
 */
final class LoadLedger implements CacheLoader<String, ClassRow> {
    private final CacheLoader<String, ClassRow> loader;
    private final ReferenceStream stream;
    private final AtomicIntegerArray finished;
    private final AtomicIntegerArray running;
    private final LongAdder loads = new LongAdder();
    private final LongAdder overlaps = new LongAdder();

    LoadLedger(CacheLoader<String, ClassRow> loader, ReferenceStream stream) {
        this.loader = loader;
        this.stream = stream;
        this.finished = new AtomicIntegerArray(stream.keys().size());
        this.running = new AtomicIntegerArray(stream.keys().size());
    }

    @Override
    public @Nullable ClassRow load(String key) {
        start(key);
        try {
            return loader.load(key);
        } finally {
            finish(key);
        }
    }

    @Override
    public Map<String, ClassRow> loadAll(Iterable<? extends String> keys) {
        keys.forEach(this::start);
        try {
            return new HashMap<>(loader.loadAll(keys));
        } finally {
            keys.forEach(this::finish);
        }
    }

    private void start(String key) {
        loads.increment();
        Integer number = stream.numberOf(key);
        if (number != null && running.getAndIncrement(number) > 0) {
            overlaps.increment();
        }
    }

    private void finish(String key) {
        Integer number = stream.numberOf(key);
        if (number != null) {
            finished.incrementAndGet(number);
            running.decrementAndGet(number);
        }
    }

    /** How often the key with {@code keyNumber} has been loaded, running loads not counted. */
    int finishedLoads(int keyNumber) {
        return finished.get(keyNumber);
    }

    /** How many loads have been started. */
    long loads() {
        return loads.sum();
    }

    /** How many loads were started while the same key was being loaded. */
    long overlaps() {
        return overlaps.sum();
    }
}
