package io.fyercache.benchmarks.workload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of one run, all made before the clock starts.
 *
 * <p>Keys that are looked up equal the stored ones but are other objects, in shuffled order: a lookup by the very object that is stored
 * would spare the call of {@code equals}, and ascending order would suit the processor's prefetcher. Immutable, as long as nobody changes
 * the values; safe for use by several threads.
 */
public final class Dataset {
    /** Entries in each cache: 65,536, more than the processor's caches hold, few enough to fill in a second. */
    public static final int ENTRIES = 1 << 16;

    /** Keys in one bulk read. */
    public static final int BULK = 50;

    /** One operation in twenty of the Zipf workload writes: 95 gets to 5 puts. */
    public static final int OPERATIONS_PER_WRITE = 20;

    /** Draws in the Zipf sequence: a power of two, long enough to reach the tail. */
    private static final int ZIPF_LENGTH = 1 << 20;

    /** Different key sets for bulk reads: a power of two, together most of the entries. */
    private static final int BULKS = 1 << 10;

    /** Update values per key: two that take turns, so that an update always changes the value. */
    private static final int REVISIONS = 2;

    private static final long SEED = 331;

    private final ValueKind kind;
    private final Long[] lookupKeys;
    private final int[] numbers;
    private final Object[] initial;
    private final Object[][] updates;
    private final int[] zipfRanks;
    private final List<Set<Long>> bulks;

    /** Makes the data for values of a kind. */
    public Dataset(ValueKind kind) {
        this.kind = kind;
        SplittableRandom random = new SplittableRandom(SEED);
        numbers = shuffled(random);
        lookupKeys = new Long[ENTRIES];
        initial = new Object[ENTRIES];
        updates = new Object[REVISIONS][ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            lookupKeys[i] = key(numbers[i]);
            initial[i] = kind.value(numbers[i], 0);
            for (int revision = 0; revision < REVISIONS; revision++) {
                updates[revision][i] = kind.value(numbers[i], revision + 1);
            }
        }
        zipfRanks = ZipfSequence.ranks(ENTRIES, ZIPF_LENGTH, ZipfSequence.CUSTOMARY_EXPONENT);
        bulks = new ArrayList<>(BULKS);
        for (int i = 0; i < BULKS; i++) {
            bulks.add(bulk(random));
        }
    }

    private static int[] shuffled(SplittableRandom random) {
        int[] numbers = new int[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            int other = random.nextInt(i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }

    private Set<Long> bulk(SplittableRandom random) {
        Set<Long> keys = new HashSet<>();
        while (keys.size() < BULK) {
            keys.add(lookupKeys[random.nextInt(ENTRIES)]);
        }
        return keys;
    }

    /** A new key object for an entry: to store with. */
    public Long storedKey(int index) {
        return key(numbers[index]);
    }

    // Numbers start above the range that Long.valueOf keeps one object for.
    private static Long key(int number) {
        return 1_000_000L + number;
    }

    /** The key to ask with, at any step: steps beyond the last entry start over. */
    public Long lookupKey(int step) {
        return lookupKeys[step & (ENTRIES - 1)];
    }

    /** The value that an entry is filled with. */
    public Object initial(int index) {
        return initial[index];
    }

    /** The value to write at a step; it differs from the one written a whole round earlier. */
    public Object update(int step) {
        return updates[(step / ENTRIES) & (REVISIONS - 1)][step & (ENTRIES - 1)];
    }

    /** Looks at a value that was found, which reads one field of it. */
    public long look(@Nullable Object found) {
        return kind.look(Objects.requireNonNull(found));
    }

    /** Whether a value is one that {@link #update} gives for an entry. */
    public boolean isUpdate(int index, Object value) {
        for (Object[] revision : updates) {
            if (revision[index].equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** The entry to use at a step of the Zipf sequence. */
    public int zipfIndex(int step) {
        return zipfRanks[step & (ZIPF_LENGTH - 1)];
    }

    /** The value to write to the entry of the Zipf sequence at a step; it changes from round to round too. */
    public Object zipfUpdate(int step) {
        return updates[(step / ENTRIES) & (REVISIONS - 1)][zipfIndex(step)];
    }

    /** The keys of the bulk read at a step. */
    public Set<Long> bulk(int step) {
        return bulks.get(step & (BULKS - 1));
    }
}
