package io.fyercache.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * A database of one row, whatever the key, in a file that several processes have in memory: each sees at once what another has stored. Beside it is which value a put has
 * returned for, and how much each process has read. Thread-safe.
 */
final class SharedRow {
    private static final int ROW = 0;
    private static final int ACKNOWLEDGED = Long.BYTES;
    private static final int READS = 2 * Long.BYTES;
    private static final int BYTES = 3 * Long.BYTES;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer shared;

    SharedRow(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            shared = channel.map(MapMode.READ_WRITE, 0, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long get(int place) {
        return (long) LONGS.getVolatile(shared, place);
    }

    long row() {
        return get(ROW);
    }

    void store(long value) {
        LONGS.setVolatile(shared, ROW, value);
    }

    long acknowledged() {
        return get(ACKNOWLEDGED);
    }

    void acknowledge(long value) {
        LONGS.setVolatile(shared, ACKNOWLEDGED, value);
    }

    /** Returns how often the process has read that counts its reads. */
    long reads() {
        return get(READS);
    }

    void countRead() {
        LONGS.getAndAdd(shared, READS, 1L);
    }

    Factory<CacheLoader<String, Long>> loader() {
        return Loader::new;
    }

    Factory<CacheWriter<String, Long>> writer() {
        return Writer::new;
    }

    private final class Loader implements CacheLoader<String, Long> {
        @Override
        public Long load(String key) {
            return row();
        }

        @Override
        public Map<String, Long> loadAll(Iterable<? extends String> keys) {
            Map<String, Long> found = new HashMap<>();
            keys.forEach(key -> found.put(key, load(key)));
            return found;
        }
    }

    private final class Writer implements CacheWriter<String, Long> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends Long> entry) {
            store(entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends Long>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            store(0);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }
    }
}
