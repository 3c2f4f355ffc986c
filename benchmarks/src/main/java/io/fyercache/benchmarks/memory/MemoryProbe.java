package io.fyercache.benchmarks.memory;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.OpenProvider;
import io.fyercache.benchmarks.contestant.Role;
import io.fyercache.benchmarks.workload.CacheShape;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the measured JVM: fills one cache with a million entries, {@code Long} to {@code byte[100]}, and prints the bytes that
 * each takes.
 *
 * <p>Used memory is read after full collections until it is stable, full cache minus empty cache. Before the empty cache is weighed, it
 * holds some entries once, so that classes, threads and first tables are not charged to the entries. What a contestant keeps outside the
 * heap counts as well.
 */
public final class MemoryProbe {
    /** Entries in the full cache: enough that fixed costs vanish. */
    static final int ENTRIES = 1_000_000;

    static final int VALUE_BYTES = 100;

    private static final int WARM_UP_ENTRIES = 1_000;

    /** Bytes that two readings in a row may differ by to count as stable: a thousandth of what the entries take. */
    private static final long STABLE_BYTES = 200_000;

    /** Collections after which the last reading is taken as it is. */
    private static final int MOST_COLLECTIONS = 20;

    /** Reference processing and cleaners run on threads of their own after a collection. */
    private static final long SETTLE_NANOS = 100_000_000;

    private MemoryProbe() {}

    /**
     * Prints one line: the bytes per entry, or a line that starts with {@code n/a:}.
     *
     * @param arguments a {@link Contestant} and a {@link CacheShape.Store}, by constant name
     */
    public static void main(String[] arguments) {
        Contestant contestant = Contestant.valueOf(arguments[0]);
        CacheShape.Store store = CacheShape.Store.valueOf(arguments[1]);
        System.out.println();
        System.out.println(contestant.role() == Role.LIMIT ? ofMap(contestant, store) : ofProvider(contestant, store));
        // Some peers keep threads that are no daemons.
        System.exit(0);
    }

    private static String ofMap(Contestant contestant, CacheShape.Store store) {
        if (store == CacheShape.Store.VALUE) {
            return "n/a: a bare map does not copy values";
        }
        ConcurrentMap<Long, byte[]> map = contestant == Contestant.CHM
                ? new ConcurrentHashMap<>()
                : com.github.benmanes.caffeine.cache.Caffeine.newBuilder()
                        .<Long, byte[]>build()
                        .asMap();
        return bytesPerEntry(map::put, map::get, map::remove, () -> 0);
    }

    private static String ofProvider(Contestant contestant, CacheShape.Store store) {
        try (OpenProvider provider = contestant.open(byte[].class)) {
            if (store == CacheShape.Store.REFERENCE && !provider.supportsStoreByReference()) {
                return "n/a: does not support store by reference (CachingProvider.isSupported)";
            }
            MutableConfiguration<Long, byte[]> configuration = new MutableConfiguration<Long, byte[]>()
                    .setTypes(Long.class, byte[].class)
                    .setStoreByValue(store == CacheShape.Store.VALUE);
            Cache<Long, byte[]> cache = provider.createCache("weighed", configuration);
            String copies = lackOfCopies(cache, store);
            return copies.isEmpty()
                    ? bytesPerEntry(cache::put, cache::get, cache::remove, provider.offHeapBytes())
                    : copies;
        }
    }

    /** By value must not be bought by keeping the caller's array. */
    private static String lackOfCopies(Cache<Long, byte[]> cache, CacheShape.Store store) {
        byte[] value = new byte[VALUE_BYTES];
        cache.put(0L, value);
        boolean same = cache.get(0L) == value;
        cache.remove(0L);
        return same == (store == CacheShape.Store.REFERENCE) ? "" : "n/a: asked to store by " + store + ", it does not";
    }

    private static String bytesPerEntry(
            BiConsumer<Long, byte[]> put,
            Function<Long, byte @Nullable []> get,
            java.util.function.Consumer<Long> remove,
            LongSupplier offHeapBytes) {
        fill(put, WARM_UP_ENTRIES);
        for (int i = 0; i < WARM_UP_ENTRIES; i++) {
            remove.accept(key(i));
        }
        long empty = usedHeap() + offHeapBytes.getAsLong();
        fill(put, ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            byte[] value = get.apply(key(i));
            if (value == null || value.length != VALUE_BYTES) {
                return "n/a: lost entries while %d were put".formatted(ENTRIES);
            }
        }
        long full = usedHeap() + offHeapBytes.getAsLong();
        // Keeps the cache in use until here, and shows that collections took nothing of it.
        return get.apply(key(0)) == null ? "n/a: lost entries" : Double.toString((full - empty) / (double) ENTRIES);
    }

    private static void fill(BiConsumer<Long, byte[]> put, int entries) {
        for (int i = 0; i < entries; i++) {
            put.accept(key(i), new byte[VALUE_BYTES]);
        }
    }

    // Above the range that Long.valueOf keeps one object for.
    private static Long key(int number) {
        return 1_000_000L + number;
    }

    private static long usedHeap() {
        long before = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(SETTLE_NANOS);
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (Math.abs(before - now) < STABLE_BYTES) {
                return now;
            }
            before = now;
        }
        return before;
    }
}
