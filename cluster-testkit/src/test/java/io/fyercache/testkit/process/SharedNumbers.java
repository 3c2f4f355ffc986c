package io.fyercache.testkit.process;

import io.fyercache.core.bus.contract.Rows;
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

/**
 * Numbers that are counted up through a cache, key by key, in a file that several processes have in memory, so that each knows at once what another has done: which number was
 * begun and which acknowledged, when, what somebody has found, and how much each has read. Beside them is a database that the cache may be in front of, with a row for each key, which
 * is 0 at first.
 *
 * <p>Each key is counted up by one thread of all processes. Times are those of {@code System.nanoTime()}, which on Linux is one clock for all processes of a machine. Thread-safe.
 */
final class SharedNumbers implements Rows {
    /** Keys that one process counts up. */
    static final int KEYS = 16;

    /** Processes that read; each has a key of its own, after those, that it counts up itself. */
    static final int READERS = 2;

    static final int ALL_KEYS = KEYS + READERS;

    /** Numbers of a key of which the times are known; those of a minute and more. */
    private static final int TIMES = 1 << 14;

    private static final int ROW = 0;
    private static final int BEGUN = Long.BYTES;
    private static final int ACKNOWLEDGED = 2 * Long.BYTES;
    private static final int FOUND = 3 * Long.BYTES;
    private static final int FIRST_TIME = 4 * Long.BYTES;
    private static final int BYTES_OF_KEY = FIRST_TIME + TIMES * Long.BYTES;

    private static final int READS = 0;
    private static final int HITS = Long.BYTES;
    private static final int BYTES_OF_READER = 2 * Long.BYTES;
    private static final int BYTES = ALL_KEYS * BYTES_OF_KEY + READERS * BYTES_OF_READER;

    private static final String PREFIX = "key-";
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer shared;

    /** Opens those of a file, which is made if there is none. */
    SharedNumbers(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            shared = channel.map(MapMode.READ_WRITE, 0, BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a key by its number. */
    static String key(int number) {
        return PREFIX + number;
    }

    private static int ofKey(int number, int place) {
        return number * BYTES_OF_KEY + place;
    }

    private static int timeOf(int key, long number) {
        return ofKey(key, FIRST_TIME + (int) (number % TIMES) * Long.BYTES);
    }

    private static int ofReader(int reader, int place) {
        return ALL_KEYS * BYTES_OF_KEY + reader * BYTES_OF_READER + place;
    }

    private long get(int place) {
        return (long) LONGS.getVolatile(shared, place);
    }

    private void set(int place, long value) {
        LONGS.setVolatile(shared, place, value);
    }

    // ---- what is counted

    /** Notes that the next number is on its way to the cache, and returns it. */
    long begin(int key) {
        long number = begun(key) + 1;
        set(ofKey(key, BEGUN), number);
        return number;
    }

    /** Returns the number that was begun last; nothing greater can be found. */
    long begun(int key) {
        return get(ofKey(key, BEGUN));
    }

    /** Notes that the cache has acknowledged a number. */
    void acknowledge(int key, long number, long nowNanos) {
        set(timeOf(key, number), nowNanos);
        set(ofKey(key, ACKNOWLEDGED), number);
    }

    /** Returns the number that was acknowledged last. */
    long acknowledged(int key) {
        return get(ofKey(key, ACKNOWLEDGED));
    }

    /** Returns the number that had been acknowledged last at a time, which must not be long ago. */
    long acknowledgedAt(int key, long nanos) {
        long last = acknowledged(key);
        for (long number = last; number > Math.max(0, last - TIMES); number--) {
            if (get(timeOf(key, number)) - nanos <= 0) {
                return number;
            }
        }
        return 0;
    }

    // ---- what is found

    /** Notes that some process has found a number. */
    void find(int key, long number) {
        int place = ofKey(key, FOUND);
        for (long before = get(place); before < number; before = get(place)) {
            if (LONGS.compareAndSet(shared, place, before, number)) {
                return;
            }
        }
    }

    /** Returns the greatest number that any process has found. */
    long found(int key) {
        return get(ofKey(key, FOUND));
    }

    /** Notes that a process has read. */
    void countRead(int reader) {
        LONGS.getAndAdd(shared, ofReader(reader, READS), 1L);
    }

    /** Returns how often a process has read. */
    long reads(int reader) {
        return get(ofReader(reader, READS));
    }

    /** Notes how many reads a process has answered from its own memory. */
    void tellHits(int reader, long hits) {
        set(ofReader(reader, HITS), hits);
    }

    /** Returns what a process has told of that last. */
    long hits(int reader) {
        return get(ofReader(reader, HITS));
    }

    // ---- the database

    private static int row(String key) {
        return ofKey(Integer.parseInt(key.substring(PREFIX.length())), ROW);
    }

    @Override
    public Long load(String key) {
        return get(row(key));
    }

    @Override
    public void store(String key, long value) {
        set(row(key), value);
    }

    @Override
    public void delete(String key) {
        set(row(key), 0);
    }
}
