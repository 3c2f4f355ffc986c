package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.reading.KeptEntry;
import io.fyercache.sharded.reading.SharedEntries;
import io.fyercache.sharded.topology.KeyHash;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The data of one copy: what all committed entries of the log have made of it, in {@value KeyHash#BUCKETS} buckets. A copy that is being
 * filled has everything up to a position, and nothing beyond: what an entry of the log says about that will come with it. Used by one thread.
 */
final class PartitionCopy {
    /** How many entries pass between two looks for clients that are not heard of: it takes a look at all of them. */
    private static final int ENTRIES_PER_CLEANING = 1_024;

    /** Null until the first entry comes, or somebody reads: most copies of a large cluster may be empty. */
    private @Nullable SharedEntries entries;

    /** How far it is filled. */
    private CopyPosition reached;

    /** The caches for which the loss of earlier copies is acknowledged; null as long as there are none. */
    private @Nullable TreeSet<Integer> acknowledgedLosses;

    /** Who listens; null as long as nobody ever has. */
    private @Nullable ListenerRegister listeners;

    private final ResultTable results = new ResultTable();
    private long partitionMillis;

    /** The caches of which there has been an entry; null as long as there has been none. */
    private @Nullable TreeSet<Integer> caches;

    private int lastCache = -1;

    /** Whether an entry has had a deadline, so that it is worth while to look for some that have expired. */
    private boolean hadDeadlines;

    private PartitionCopy(CopyPosition reached) {
        this.reached = reached;
    }

    /** Makes the copy of a partition that is new and empty. */
    static PartitionCopy empty() {
        return new PartitionCopy(CopyPosition.END);
    }

    /** Makes a copy that waits for its parts. */
    static PartitionCopy toBeFilled() {
        return new PartitionCopy(CopyPosition.BEGIN);
    }

    /** Returns what is remembered of operations. */
    ResultTable results() {
        return results;
    }

    /** Tells whether the loss of earlier copies is acknowledged for a cache (L4). */
    boolean isLossAcknowledged(int cache) {
        return acknowledgedLosses != null && acknowledgedLosses.contains(cache);
    }

    /** Returns for how many caches it is. */
    int acknowledgedLossCount() {
        return acknowledgedLosses == null ? 0 : acknowledgedLosses.size();
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

    /** Returns who listens, as of the entries that have been carried out (V3); null if nobody ever has. */
    @Nullable
    ListenerRegister listeners() {
        return listeners;
    }

    /** Takes in what a process wants to hear. */
    void listen(Listening wish) {
        if (listeners == null) {
            listeners = new ListenerRegister();
        }
        listeners.takeIn(wish);
    }

    /** Returns what all processes want to hear. */
    List<Listening> listening() {
        return listeners == null ? List.of() : listeners.all();
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
        return entries == null ? null : entries.find(key);
    }

    /** Returns the entries, which other threads may read: now, and as they will be. */
    SharedEntries shared() {
        if (entries == null) {
            entries = new SharedEntries();
        }
        return entries;
    }

    /** Returns the caches of which there has been an entry. */
    Collection<Integer> caches() {
        return caches == null ? List.of() : caches;
    }

    private void note(int cache) {
        if (cache != lastCache) {
            lastCache = cache;
            caches = caches == null ? new TreeSet<>() : caches;
            caches.add(cache);
        }
    }

    /** Returns the keys of a cache in a bucket that come after one, in their order. */
    List<EntryKey> keys(int cache, int bucket, EncodedKey after) {
        return bucket(bucket).stream()
                .filter(each -> each.cache() == cache)
                .map(KeptEntry::key)
                .filter(key -> key.key().compareTo(after) > 0)
                .sorted(Comparator.comparing(EntryKey::key))
                .toList();
    }

    /** Returns how many entries of a cache there are, by looking at all entries. */
    long count(int cache) {
        long count = 0;
        for (int number = 0; number < KeyHash.BUCKETS; number++) {
            count += bucket(number).stream()
                    .filter(each -> each.cache() == cache)
                    .count();
        }
        return count;
    }

    /** Shows all entries, their time over or not. None of them may be changed meanwhile. */
    void forEach(BiConsumer<EntryKey, StoredEntry> action) {
        for (int number = 0; number < KeyHash.BUCKETS; number++) {
            bucket(number).forEach(each -> action.accept(each.key(), each.entry()));
        }
    }

    /** Returns a bucket, not to be changed. */
    Collection<KeptEntry> bucket(int number) {
        return entries == null ? List.of() : entries.bucket(number);
    }

    /** Returns the keys of entries of a bucket that have expired by {@code millis}, at most so many. */
    List<EntryKey> expired(int number, long millis, int limit) {
        if (!hadDeadlines) {
            return List.of();
        }
        return bucket(number).stream()
                .filter(each -> each.entry().isExpiredAt(millis))
                .limit(limit)
                .map(KeptEntry::key)
                .toList();
    }

    /**
     * Takes in a part, which must be as of the last entry that has been carried out. A part may begin before what is reached, as it is made
     * anew if nobody knows whether it has arrived; of that it says what is here.
     */
    void fill(List<KnownResult> known, Map<EntryKey, StoredEntry> filled, CopyPosition next) {
        known.forEach(each -> results.add(each.origin(), each.answer(), each.partitionMillis()));
        filled.forEach(this::store);
        if (next.compareTo(reached) > 0) {
            reached = next;
        }
    }

    /** Returns how far it is filled. */
    CopyPosition reached() {
        return reached;
    }

    /** Carries out a committed entry, the next one. */
    void apply(LogEntry entry, CommitWitness witness) {
        for (Effect effect : entry.effects()) {
            if (effect instanceof Effect.AcknowledgeLoss loss) {
                acknowledgeLoss(
                        loss.key().cache()); // The start of a copy has brought earlier ones, its parts bring none.
            } else if (effect instanceof Effect.Listen listen) {
                listen(listen.listening()); // As above.
            } else if (reached.reaches(effect.key())) {
                witness.carriedOut(entry.number(), effect, apply(effect));
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
    private @Nullable StoredEntry apply(Effect effect) {
        if (effect instanceof Effect.Store store) {
            return store(store.key(), new StoredEntry(store.value(), store.deadlineMillis()));
        }
        StoredEntry before = find(effect.key());
        if (before != null && effect instanceof Effect.Prolong prolong) {
            store(prolong.key(), new StoredEntry(before.value(), prolong.deadlineMillis()));
        } else if (before != null && effect instanceof Effect.Remove) {
            shared().remove(effect.key());
        }
        return before;
    }

    private @Nullable StoredEntry store(EntryKey key, StoredEntry entry) {
        note(key.cache());
        hadDeadlines |= entry.deadlineMillis() != Expiry.NEVER;
        return shared().put(key, entry);
    }

    /** Returns a number that is the same for copies that hold the same, and most probably another one for any others. */
    long digest() {
        long digest = acknowledgedLosses == null ? 0 : acknowledgedLosses().hashCode();
        digest += 13L * (listening().isEmpty() ? 0 : listening().hashCode());
        for (int number = 0; number < KeyHash.BUCKETS; number++) {
            for (KeptEntry each : bucket(number)) {
                EntryKey key = each.key();
                StoredEntry entry = each.entry();
                // A sum, so that the order in which entries came does not matter.
                digest += (key.key().hash() + key.cache()) * 31
                        + KeyHash.of(entry.value().bytes()) * 17
                        + entry.deadlineMillis();
            }
        }
        return digest;
    }
}
