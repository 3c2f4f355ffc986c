package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.StoredEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Some keys of a cache's entries in a partition, as far as they are committed: those that come next in a walk over all of them (P1). A page is
 * bounded in what it tells, in what its values take, and in what it looks at; it may be empty, and yet not be the last.
 *
 * @param next where the walk goes on
 */
record CachePage(List<EntryKey> keys, CachePosition next) {
    /** Bytes, 1 MiB, of keys and values: whoever asks for the values gets them together. */
    static final int MAX_BYTES = 1 << 20;

    /** Entries, of all caches, that are looked at for a page: that takes a millisecond or so. A bucket that is begun is looked at to its end. */
    static final int MAX_LOOKS = 16_384;

    /**
     * Returns the page that comes at a position. One key it has in any case, however large that is, and its value.
     *
     * @param partBytes how many bytes the keys take at most: they go by one message (B1)
     */
    static CachePage at(CachePosition position, int cache, PartitionCopy copy, int partBytes) {
        List<EntryKey> keys = new ArrayList<>();
        CachePosition next = position;
        long keyBytes = 0;
        long bytes = 0;
        int looks = 0;
        while (!next.isEnd() && looks < MAX_LOOKS) {
            looks += copy.bucket(next.bucket()).size();
            for (EntryKey key : copy.keys(cache, next.bucket(), next.after())) {
                keyBytes += BinarySize.of(key.key());
                bytes += bytes(key, copy);
                boolean tooMuch = keyBytes > partBytes || bytes > MAX_BYTES;
                if (keys.size() == OperationResult.Keys.MAX_KEYS || (tooMuch && !keys.isEmpty())) {
                    return new CachePage(keys, next);
                }
                keys.add(key);
                next = new CachePosition(next.bucket(), key.key());
            }
            next = new CachePosition(next.bucket() + 1, EncodedKey.NONE);
        }
        return new CachePage(keys, next);
    }

    private static long bytes(EntryKey key, PartitionCopy copy) {
        StoredEntry entry = copy.find(key);
        return BinarySize.of(key.key()) + (entry == null ? 0 : entry.value().bytes().length);
    }
}
