package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.List;

/**
 * Looks for expired entries that nobody asks for, a bucket at a time, so that they leave the memory (E1). Entries are found by walking, as in
 * one JVM: a queue of deadlines would cost each entry more than a look now and then. Used by one thread.
 */
final class ExpirySweep {
    /** Nanoseconds from one bucket to the next, 100 ms: with {@value KeyHash#BUCKETS} buckets each entry is looked at every 6.4 s. */
    static final long INTERVAL_NANOS = 100_000_000;

    /** Entries that are taken out at once, by one entry of the log; others must wait until the bucket's turn comes again. */
    static final int MAX_EXPIRED = LogEntry.MAX_EFFECTS;

    private final PartitionCopy copy;
    private long lastNanos;
    private int bucket;

    ExpirySweep(PartitionCopy copy, long nowNanos) {
        this.copy = copy;
        this.lastNanos = nowNanos;
    }

    /** Returns some of what has expired by {@code partitionMillis} as far as is committed; nothing if it is not yet time for the next look. */
    List<EntryKey> next(long nowNanos, long partitionMillis) {
        if (nowNanos - lastNanos < INTERVAL_NANOS) {
            return List.of();
        }
        lastNanos = nowNanos;
        bucket = (bucket + 1) % KeyHash.BUCKETS;
        return copy.expired(bucket, partitionMillis, MAX_EXPIRED);
    }
}
