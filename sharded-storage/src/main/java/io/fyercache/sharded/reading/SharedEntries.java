package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a copy, in {@value KeyHash#BUCKETS} buckets. One thread changes and lists them; all others may {@link #find} one meanwhile, and
 * find what has been put before.
 */
public final class SharedEntries {
    /** A bucket without entries is none. */
    private final AtomicReferenceArray<@Nullable EntryBucket> buckets = new AtomicReferenceArray<>(KeyHash.BUCKETS);

    /** Returns the entry of a key, its time over or not, or null. Any thread may ask. */
    public @Nullable StoredEntry find(EntryKey key) {
        EntryBucket bucket = buckets.get(key.bucket());
        KeptEntry found = bucket == null ? null : bucket.find(key);
        return found == null ? null : found.entry();
    }

    /** Keeps an entry; returns the one before. */
    public @Nullable StoredEntry put(EntryKey key, StoredEntry entry) {
        EntryBucket bucket = buckets.get(key.bucket());
        if (bucket == null) {
            bucket = new EntryBucket();
            buckets.set(key.bucket(), bucket);
        }
        KeptEntry before = bucket.put(key, entry);
        return before == null ? null : before.entry();
    }

    /** Takes an entry out, if it is there. */
    public void remove(EntryKey key) {
        EntryBucket bucket = buckets.get(key.bucket());
        if (bucket != null) {
            bucket.remove(key);
            if (bucket.isEmpty()) {
                buckets.set(key.bucket(), null);
            }
        }
    }

    /** Returns a bucket, not to be changed. */
    public Collection<KeptEntry> bucket(int number) {
        EntryBucket bucket = buckets.get(number);
        return bucket == null ? List.of() : bucket;
    }
}
