package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The data of one copy: what all committed entries of the log have made of it. A copy that is being filled has only some of its
 * {@value KeyHash#BUCKETS} buckets, each as of an entry of its own, and leaves out what a bucket contains already. Used by one thread.
 */
final class PartitionCopy {
    private static final long MISSING = -1;

    /** How many entries pass between two looks for clients that are not heard of: it takes a look at all of them. */
    private static final int ENTRIES_PER_CLEANING = 1_024;

    /** Null until the first entry comes: most copies of a large cluster may be empty. */
    private @Nullable Map<EntryKey, StoredEntry> @Nullable [] buckets;

    /**
     * The entry as of which each bucket came, {@link #MISSING} if it has not come yet. Null when all are here, and what they contain already
     * has been carried out everywhere else.
     */
    private long @Nullable [] asOf;

    /** The caches for which the loss of earlier copies is acknowledged; null as long as there are none. */
    private @Nullable TreeSet<Integer> acknowledgedLosses;

    private final ResultTable results = new ResultTable();
    private long partitionMillis;

    /** Whether an entry has had a deadline, so that it is worth while to look for some that have expired. */
    private boolean hadDeadlines;

    private PartitionCopy(long @Nullable [] asOf) {
        this.asOf = asOf;
    }

    /** Makes the copy of a partition that is new and empty. */
    static PartitionCopy empty() {
        return new PartitionCopy(null);
    }

    /** Makes a copy that waits for its buckets. */
    static PartitionCopy toBeFilled() {
        long[] missing = new long[KeyHash.BUCKETS];
        Arrays.fill(missing, MISSING);
        return new PartitionCopy(missing);
    }

    /** Returns what is remembered of operations. */
    ResultTable results() {
        return results;
    }

    /** Tells whether the loss of earlier copies is acknowledged for a cache (L4). */
    boolean isLossAcknowledged(int cache) {
        return acknowledgedLosses != null && acknowledgedLosses.contains(cache);
    }

    /** Returns the caches for which it is, in ascending order. */
    List<Integer> acknowledgedLosses() {
        return acknowledgedLosses == null ? List.of() : List.copyOf(acknowledgedLosses);
    }

    /** Takes in that it is acknowledged for a cache. */
    void acknowledgeLoss(int cache) {
        if (acknowledgedLosses == null) {
            acknowledgedLosses = new TreeSet<>();
        }
        acknowledgedLosses.add(cache);
    }

    /** Returns the partition's time as of the last entry. */
    long partitionMillis() {
        return partitionMillis;
    }

    /** Says that the partition's time was this. */
    void advanceTo(long millis) {
        partitionMillis = Math.max(partitionMillis, millis);
    }

    /** Returns the entry of a key, its time over or not, or null. */
    @Nullable
    StoredEntry find(EntryKey key) {
        Map<EntryKey, StoredEntry> bucket = entries(key.bucket());
        return bucket == null ? null : bucket.get(key);
    }

    private @Nullable Map<EntryKey, StoredEntry> entries(int bucket) {
        return buckets == null ? null : buckets[bucket];
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
    private void keep(int bucket, @Nullable Map<EntryKey, StoredEntry> entries) {
        if (buckets == null) {
            buckets = new Map[KeyHash.BUCKETS];
        }
        buckets[bucket] = entries;
    }

    /** Returns a copy of a bucket. */
    Map<EntryKey, StoredEntry> bucket(int number) {
        Map<EntryKey, StoredEntry> bucket = entries(number);
        return bucket == null ? new LinkedHashMap<>() : new LinkedHashMap<>(bucket);
    }

    /** Returns the keys of entries of a bucket that have expired by {@code millis}, at most so many. */
    List<EntryKey> expired(int number, long millis, int limit) {
        Map<EntryKey, StoredEntry> bucket = entries(number);
        if (bucket == null || !hadDeadlines) {
            return List.of();
        }
        return bucket.entrySet().stream()
                .filter(entry -> entry.getValue().isExpiredAt(millis))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Takes in a bucket as it was when entry {@code number} had been carried out, unless it is here already. */
    void fill(int bucket, long number, Map<EntryKey, StoredEntry> entries) {
        if (asOf != null && asOf[bucket] == MISSING) {
            asOf[bucket] = number;
            if (!entries.isEmpty()) {
                keep(bucket, new LinkedHashMap<>(entries));
            }
            hadDeadlines |= entries.values().stream().anyMatch(entry -> entry.deadlineMillis() != Expiry.NEVER);
        }
    }

    /** Returns how many of the first buckets are here: where a stream of buckets goes on. */
    int filled() {
        int filled = 0;
        while (filled < KeyHash.BUCKETS && (asOf == null || asOf[filled] != MISSING)) {
            filled++;
        }
        return filled;
    }

    /** Takes in that all entries up to this one have been carried out: no bucket that is older needs to be told apart any more. */
    void carriedOut(long number) {
        if (asOf != null && Arrays.stream(asOf).allMatch(each -> each != MISSING && each <= number)) {
            asOf = null;
        }
    }

    /** Carries out a committed entry, the next one. */
    void apply(LogEntry entry, CommitWitness witness) {
        for (Effect effect : entry.effects()) {
            if (effect instanceof Effect.AcknowledgeLoss loss) {
                acknowledgeLoss(loss.key().cache());
                continue;
            }
            int bucket = effect.key().bucket();
            // Of a bucket that is missing the entry will be part when it comes; of one that came later, it is.
            if (asOf == null || (asOf[bucket] != MISSING && entry.number() > asOf[bucket])) {
                witness.carriedOut(effect, apply(effect, bucket));
            }
        }
        advanceTo(entry.partitionMillis());
    }

    /** Remembers the operation that a committed entry came from. */
    void remember(LogEntry entry) {
        if (entry.origin() != null) {
            results.add(entry.origin(), entry.answer(), entry.partitionMillis());
        }
        if (entry.number() % ENTRIES_PER_CLEANING == 0) {
            results.forgetBefore(entry.partitionMillis());
        }
    }

    /** Returns what was there before. */
    private @Nullable StoredEntry apply(Effect effect, int number) {
        Map<EntryKey, StoredEntry> bucket = entries(number);
        if (effect instanceof Effect.Store store) {
            if (bucket == null) {
                bucket = new LinkedHashMap<>();
                keep(number, bucket);
            }
            hadDeadlines |= store.deadlineMillis() != Expiry.NEVER;
            return bucket.put(store.key(), new StoredEntry(store.value(), store.deadlineMillis()));
        }
        StoredEntry before = bucket == null ? null : bucket.get(effect.key());
        if (bucket == null || before == null) {
            return null;
        }
        if (effect instanceof Effect.Prolong prolong) {
            bucket.put(prolong.key(), new StoredEntry(before.value(), prolong.deadlineMillis()));
            hadDeadlines |= prolong.deadlineMillis() != Expiry.NEVER;
        } else if (effect instanceof Effect.Remove) {
            bucket.remove(effect.key());
            if (bucket.isEmpty()) {
                keep(number, null);
            }
        }
        return before;
    }

    /** Returns a number that is the same for copies that hold the same, and most probably another one for any others. */
    long digest() {
        long digest = acknowledgedLosses == null ? 0 : acknowledgedLosses().hashCode();
        for (int number = 0; number < KeyHash.BUCKETS; number++) {
            for (Map.Entry<EntryKey, StoredEntry> entry : bucket(number).entrySet()) {
                // A sum, so that the order in which entries came does not matter.
                digest += (entry.getKey().key().hash() + entry.getKey().cache()) * 31
                        + KeyHash.of(entry.getValue().value().bytes()) * 17
                        + entry.getValue().deadlineMillis();
            }
        }
        return digest;
    }
}
