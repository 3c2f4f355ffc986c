package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a copy keeps it, linked to the next one of its chain: one object, as every step to another one is a miss of the processor's caches when entries are many (ADR 61).
 * Immutable; keys and values that it is asked for are made anew.
 */
public final class KeptEntry {
    private final int cache;
    private final long hash;
    private final byte[] key;
    private final byte[] value;
    private final long deadlineMillis;
    private final @Nullable KeptEntry next;

    KeptEntry(EntryKey key, StoredEntry entry, @Nullable KeptEntry next) {
        this(key.cache(), key.key().hash(), key.key().bytes(), entry.value().bytes(), entry.deadlineMillis(), next);
    }

    private KeptEntry(int cache, long hash, byte[] key, byte[] value, long deadlineMillis, @Nullable KeptEntry next) {
        this.cache = cache;
        this.hash = hash;
        this.key = key;
        this.value = value;
        this.deadlineMillis = deadlineMillis;
        this.next = next;
    }

    /** Returns the number of the cache that it is of, or of what is unwritten of one. */
    public int cache() {
        return cache;
    }

    /** Returns its key. */
    public EntryKey key() {
        return new EntryKey(cache, new EncodedKey(key));
    }

    /** Returns what the key has. */
    public StoredEntry entry() {
        return new StoredEntry(new EncodedValue(value), deadlineMillis);
    }

    /** Returns the next one of the chain, or null. */
    @Nullable
    KeptEntry next() {
        return next;
    }

    boolean isOf(EntryKey other) {
        return hash == other.key().hash()
                && cache == other.cache()
                && Arrays.equals(key, other.key().bytes());
    }

    /** Returns the same entry, linked to another one. */
    KeptEntry before(@Nullable KeptEntry following) {
        return next == following ? this : new KeptEntry(cache, hash, key, value, deadlineMillis, following);
    }

    /** Returns the number from which its place in a table follows. */
    int spread() {
        return spread(cache, hash);
    }

    /** Returns that of the entry of a key. The lowest bits of hashes are those of the bucket, and one key of several caches has one hash. */
    static int spread(EntryKey key) {
        return spread(key.cache(), key.key().hash());
    }

    private static int spread(int cache, long hash) {
        return (int) (hash >>> Byte.SIZE) + cache * 0x9E3779B1;
    }
}
