package io.fyercache.testkit.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;

/**
 * A cache as one process has it, through which numbers are counted up and read; each read is judged by what the cache's topology promises. Thread-safe, but a key is counted up by one
 * thread.
 */
final class WatchedCache implements AutoCloseable {
    private final WatchedTopology topology;
    private final SharedNumbers numbers;
    private final Cache<String, Long> cache;
    private final Consumer<String> onFault;

    /** The greatest number of each key that this process has found, or was told to be acknowledged. */
    private final AtomicLongArray seen = new AtomicLongArray(SharedNumbers.ALL_KEYS);

    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong longestChangeNanos = new AtomicLong();

    private WatchedCache(
            WatchedTopology topology, SharedNumbers numbers, Cache<String, Long> cache, Consumer<String> onFault) {
        this.topology = topology;
        this.numbers = numbers;
        this.cache = cache;
        this.onFault = onFault;
    }

    /**
     * Makes the cache of a topology, or gets it, with the numbers of a folder.
     *
     * @param onFault hears what is wrong, on the thread that has met it
     */
    static WatchedCache open(CacheManager manager, WatchedTopology topology, Path folder, Consumer<String> onFault) {
        SharedNumbers numbers = new SharedNumbers(folder.resolve(topology.cacheName()));
        Cache<String, Long> cache = manager.createCache(topology.cacheName(), topology.configuration(numbers));
        return new WatchedCache(topology, numbers, cache, onFault);
    }

    WatchedTopology topology() {
        return topology;
    }

    SharedNumbers numbers() {
        return numbers;
    }

    Cache<String, Long> cache() {
        return cache;
    }

    /** Puts 0 for each key that nobody has counted up, so that there is something to read. */
    void begin() {
        for (int key = 0; key < SharedNumbers.ALL_KEYS; key++) {
            if (numbers.begun(key) == 0) {
                cache.put(SharedNumbers.key(key), 0L);
            }
        }
    }

    /**
     * Counts a key up by one.
     *
     * @throws CacheException if that fails; then the key must not be counted up any more, as nobody knows whether it was, or will be
     */
    void countUp(int key) {
        long number = numbers.begin(key);
        long beginNanos = System.nanoTime();
        cache.put(SharedNumbers.key(key), number);
        long endNanos = System.nanoTime();
        see(key, number);
        numbers.acknowledge(key, number, endNanos);
        longestChangeNanos.accumulateAndGet(endNanos - beginNanos, Math::max);
        changes.incrementAndGet();
    }

    /**
     * Reads a key, and judges what it finds.
     *
     * @param reader which process this is
     */
    void read(int key, int reader) {
        long owed = topology.owed(numbers, key, seen.get(key), System.nanoTime());
        Long found = cache.get(SharedNumbers.key(key));
        if (found == null || found < owed || found > numbers.begun(key)) {
            onFault.accept(topology + ", " + SharedNumbers.key(key) + ": found " + found + " (expected: " + owed + ".."
                    + numbers.begun(key) + "), and " + numbers.acknowledged(key) + " is acknowledged");
        } else {
            see(key, found);
            numbers.find(key, found);
        }
        numbers.countRead(reader);
    }

    private void see(int key, long number) {
        seen.accumulateAndGet(key, number, Math::max);
    }

    /** Notes for other processes how many reads of this one took nobody else. */
    void tellHits(int reader) {
        numbers.tellHits(reader, topology.hits(cache));
    }

    /** Returns how many changes of this process were acknowledged. */
    long changes() {
        return changes.get();
    }

    /** Returns how long a change of this process took at most. */
    Duration longestChange() {
        return Duration.ofNanos(longestChangeNanos.get());
    }

    /** Closes the cache in this process. */
    @Override
    public void close() {
        cache.close();
    }
}
