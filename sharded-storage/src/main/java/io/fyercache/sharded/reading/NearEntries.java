package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EncodedKey;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a process keeps near of one cache, up to a number; beyond, the least useful ones go. One thread changes them; all others may {@link
 * #find} one meanwhile, and find none that was taken out before.
 */
public interface NearEntries {
    /** Returns the entry of a key, or null. Counts as a use. */
    @Nullable
    NearEntry find(EncodedKey key);

    /** Keeps an entry, instead of that which is there. */
    void put(EncodedKey key, NearEntry entry);

    /** Takes an entry out, if it is there. */
    void remove(EncodedKey key);

    /** Takes all out. */
    void clear();

    /** Returns how many there are, about. Any thread may ask. */
    long size();
}
