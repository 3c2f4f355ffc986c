package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a copy, in {@value KeyHash#BUCKETS} buckets. One thread changes and lists them; all others may {@link #find} one meanwhile, and
 * find what has been put before.
 */
public final class SharedEntries {
    /** Of entries, where a bucket begins: there are many buckets, and most have few. */
    private static final int FIRST_CAPACITY = 2;

    /** A bucket without entries is none. */
    private final AtomicReferenceArray<@Nullable ConcurrentHashMap<EntryKey, StoredEntry>> buckets =
            new AtomicReferenceArray<>(KeyHash.BUCKETS);

    /** Returns the entry of a key, its time over or not, or null. Any thread may ask. */
    public @Nullable StoredEntry find(EntryKey key) {
        Map<EntryKey, StoredEntry> bucket = buckets.get(key.bucket());
        return bucket == null ? null : bucket.get(key);
    }

    /** Keeps an entry; returns the one before. */
    public @Nullable StoredEntry put(EntryKey key, StoredEntry entry) {
        ConcurrentHashMap<EntryKey, StoredEntry> bucket = buckets.get(key.bucket());
        if (bucket == null) {
            bucket = new ConcurrentHashMap<>(FIRST_CAPACITY);
            buckets.set(key.bucket(), bucket);
        }
        return bucket.put(key, entry);
    }

    /** Takes an entry out, if it is there. */
    public void remove(EntryKey key) {
        ConcurrentHashMap<EntryKey, StoredEntry> bucket = buckets.get(key.bucket());
        if (bucket != null && bucket.remove(key) != null && bucket.isEmpty()) {
            buckets.set(key.bucket(), null);
        }
    }

    /** Returns a bucket, not to be changed. */
    public Map<EntryKey, StoredEntry> bucket(int number) {
        Map<EntryKey, StoredEntry> bucket = buckets.get(number);
        return bucket == null ? Collections.emptyMap() : bucket;
    }
}
