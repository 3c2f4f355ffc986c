package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.reading.KeptEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What follows a position of a copy, as the copy is now: as much as goes into one part, and one piece at least if there is any (B3). A bucket
 * is looked through for each part that has some of it, and sorted as far as that part goes; to keep it sorted would cost every write. Used by
 * one thread.
 */
final class CopyCut {
    private final PartitionCopy copy;
    private final long maxBytes;
    private final List<KnownResult> results = new ArrayList<>();
    private final Map<EntryKey, StoredEntry> entries = new LinkedHashMap<>();
    private CopyPosition reached;
    private long bytes;

    CopyCut(PartitionCopy copy, CopyPosition after, long maxBytes) {
        this.copy = copy;
        this.maxBytes = maxBytes;
        this.reached = after;
        if (reached instanceof CopyPosition.Results known) {
            takeResults(known.last());
        }
        if (reached instanceof CopyPosition.Entries known) {
            takeEntries(known.buckets(), known.last());
        }
    }

    /** Returns what is remembered of operations. */
    List<KnownResult> results() {
        return results;
    }

    /** Returns the entries. */
    Map<EntryKey, StoredEntry> entries() {
        return entries;
    }

    /** Returns the position that whoever takes this in has reached. */
    CopyPosition reached() {
        return reached;
    }

    /** Returns how many bytes it takes. */
    long bytes() {
        return bytes;
    }

    private void takeResults(@Nullable OperationId after) {
        KnownResult next = copy.results().next(after);
        while (next != null && (bytes == 0 || bytes + BinarySize.of(next) <= maxBytes)) {
            bytes += BinarySize.of(next);
            results.add(next);
            reached = new CopyPosition.Results(next.origin().operation());
            next = copy.results().next(next.origin().operation());
        }
        if (next == null) {
            reached = new CopyPosition.Entries(0, null);
        }
    }

    private void takeEntries(int buckets, @Nullable EntryKey after) {
        boolean whole = true;
        EntryKey from = after;
        for (int bucket = buckets; whole && bucket < KeyHash.BUCKETS; bucket++) {
            whole = takeBucket(bucket, from);
            from = null;
        }
    }

    /** Takes the first entries of a bucket after a key; tells whether there are no others. */
    private boolean takeBucket(int bucket, @Nullable EntryKey after) {
        TreeMap<EntryKey, StoredEntry> first = new TreeMap<>();
        int atLeast = bytes == 0 ? 1 : 0;
        EntryKey end = null;
        for (KeptEntry each : copy.bucket(bucket)) {
            EntryKey key = each.key();
            if ((after != null && key.compareTo(after) <= 0) || (end != null && key.compareTo(end) >= 0)) {
                continue;
            }
            StoredEntry entry = each.entry();
            first.put(key, entry);
            bytes += BinarySize.of(key, entry);
            while (bytes > maxBytes && first.size() > atLeast) {
                Map.Entry<EntryKey, StoredEntry> last = first.pollLastEntry();
                bytes -= BinarySize.of(last.getKey(), last.getValue());
                end = last.getKey();
            }
        }
        entries.putAll(first);
        if (end == null) {
            reached = new CopyPosition.Entries(bucket + 1, null);
        } else if (!first.isEmpty()) {
            reached = new CopyPosition.Entries(bucket, first.lastKey());
        }
        return end == null;
    }
}
