package io.fyercache.benchmarks.cluster.member;

import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import io.fyercache.benchmarks.cluster.exchange.WritingLog.KeyLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one thread wrote, of keys in a row that nobody else writes. Only what came after the mark is compared, which the caller passes each
 * time: {@link Long#MAX_VALUE} until there is one. For one thread.
 */
final class WritingRecord {
    /** Five minutes: no run of a fault takes so long. */
    private static final int MOST_BUCKETS = 30_000;

    private final long firstKey;
    private final long firstBucket;
    private final long[] operations = new long[MOST_BUCKETS];
    private final long[] acknowledged;
    private final long[] successNanos;
    private final long[] longestGapNanos;
    private long slowestNanos;

    WritingRecord(long firstKey, int keys, long nowNanos) {
        this.firstKey = firstKey;
        this.firstBucket = WritingLog.bucketOf(nowNanos);
        this.acknowledged = new long[keys];
        this.successNanos = new long[keys];
        this.longestGapNanos = new long[keys];
        Arrays.fill(successNanos, nowNanos);
    }

    /** A write of one of the keys, by its index, was acknowledged. */
    void succeeded(int index, long value, long startNanos, long endNanos, long markNanos) {
        int bucket = (int) (WritingLog.bucketOf(endNanos) - firstBucket);
        if (bucket >= MOST_BUCKETS) {
            throw new IllegalStateException(
                    "writing goes on for more than %d buckets of 10 ms (expected: an end)".formatted(MOST_BUCKETS));
        }
        operations[bucket]++;
        acknowledged[index] = value;
        endGap(index, endNanos, markNanos);
        called(startNanos, endNanos, markNanos);
    }

    /** A write failed. */
    void failed(long startNanos, long endNanos, long markNanos) {
        called(startNanos, endNanos, markNanos);
    }

    private void endGap(int index, long nowNanos, long markNanos) {
        long gapNanos = nowNanos - successNanos[index];
        successNanos[index] = nowNanos;
        if (nowNanos > markNanos) {
            longestGapNanos[index] = Math.max(longestGapNanos[index], gapNanos);
        }
    }

    private void called(long startNanos, long endNanos, long markNanos) {
        if (endNanos > markNanos) {
            slowestNanos = Math.max(slowestNanos, endNanos - startNanos);
        }
    }

    /** Ends the record: keys that wait for a success have waited until now. */
    WritingLog finish(long nowNanos, long markNanos) {
        List<KeyLog> keys = new ArrayList<>();
        for (int index = 0; index < acknowledged.length; index++) {
            endGap(index, nowNanos, markNanos);
            keys.add(new KeyLog(firstKey + index, acknowledged[index], longestGapNanos[index]));
        }
        int buckets = (int) Math.min(MOST_BUCKETS, WritingLog.bucketOf(nowNanos) - firstBucket + 1);
        return new WritingLog(
                firstBucket, Arrays.stream(operations, 0, buckets).boxed().toList(), keys, slowestNanos);
    }
}
