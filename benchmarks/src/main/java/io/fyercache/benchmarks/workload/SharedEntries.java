package io.fyercache.benchmarks.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The keys and values of a cluster's cache, all made before the clock starts. Immutable, as long as nobody changes the values; safe for use
 * by several threads.
 */
public final class SharedEntries {
    /** Entries in the cache: as many as in those of one JVM. */
    public static final int ENTRIES = Dataset.ENTRIES;

    /** Keys in one bulk operation. */
    public static final int BULK = Dataset.BULK;

    /** Above the range that {@link Long#valueOf(long)} keeps one object for. */
    public static final long FIRST_KEY = 1_000_000;

    /** Different values: a power of two, each of random bytes, so that nobody gains by compressing or remembering them. */
    private static final int VALUES = 1 << 10;

    /** Different bulks: a power of two, together most of the entries. */
    private static final int BULKS = 1 << 10;

    private static final long SEED = 331;

    private final int valueBytes;
    private final Long[] keys = new Long[ENTRIES];
    private final List<byte[]> values = new ArrayList<>(VALUES);
    private final List<Map<Long, byte[]>> bulks = new ArrayList<>(BULKS);
    private final List<Set<Long>> bulkKeys = new ArrayList<>(BULKS);

    /**
     * Makes the data.
     *
     * @param valueBytes the size of each value, at least 1
     */
    public SharedEntries(int valueBytes) {
        this.valueBytes = valueBytes;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < ENTRIES; i++) {
            keys[i] = FIRST_KEY + i;
        }
        for (int i = 0; i < VALUES; i++) {
            byte[] value = new byte[valueBytes];
            random.nextBytes(value);
            values.add(value);
        }
        for (int i = 0; i < BULKS; i++) {
            Map<Long, byte[]> bulk = bulk(random);
            bulks.add(bulk);
            // Not the map's own set: providers ask whether there is a null among the keys, which a sorted map does not
            // let them.
            bulkKeys.add(Collections.unmodifiableSet(new LinkedHashSet<>(bulk.keySet())));
        }
    }

    /** In the order of keys, which Ignite asks for, since two bulks could wait for each other otherwise. */
    private Map<Long, byte[]> bulk(SplittableRandom random) {
        Map<Long, byte[]> bulk = new TreeMap<>();
        while (bulk.size() < BULK) {
            bulk.put(keys[random.nextInt(ENTRIES)], value(random.nextInt(VALUES)));
        }
        return Collections.unmodifiableMap(bulk);
    }

    /** The size of each value, in bytes. */
    public int valueBytes() {
        return valueBytes;
    }

    /** The key of an entry. */
    public Long key(int index) {
        return keys[index];
    }

    /** A value to write at a step, from a round of many. */
    public byte[] value(int step) {
        return values.get(step & (VALUES - 1));
    }

    /** Entries to write at once at a step. */
    public Map<Long, byte[]> bulk(int step) {
        return bulks.get(step & (BULKS - 1));
    }

    /** Keys to read at once at a step. */
    public Set<Long> bulkKeys(int step) {
        return bulkKeys.get(step & (BULKS - 1));
    }
}
