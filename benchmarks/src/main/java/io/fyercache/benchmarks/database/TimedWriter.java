package io.fyercache.benchmarks.database;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer that knows how long its longest call took. */
final class TimedWriter<K, V> implements CacheWriter<K, V> {
    private final CacheWriter<K, V> writer;
    private final AtomicLong longestNanos = new AtomicLong();

    TimedWriter(CacheWriter<K, V> writer) {
        this.writer = writer;
    }

    long longestNanos() {
        return longestNanos.get();
    }

    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        time(() -> writer.write(entry));
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        time(() -> writer.writeAll(entries));
    }

    @Override
    public void delete(Object key) {
        time(() -> writer.delete(key));
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        time(() -> writer.deleteAll(keys));
    }

    private void time(Runnable call) {
        long start = System.nanoTime();
        call.run();
        longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
    }
}
