package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;

/** What a read needs of its process when the thread that owns the primary does not answer it. Any thread may ask. */
public interface AsideReader {
    /** Returns what the primary's clock shows at most. */
    long latestMillis();

    /** Takes in that an entry of a cache with bounds was read from a backup's copy: the primary is to hear of it. */
    void usedAtBackup(EntryKey key);
}
