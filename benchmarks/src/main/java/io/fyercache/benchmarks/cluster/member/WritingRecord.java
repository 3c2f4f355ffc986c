package io.fyercache.benchmarks.cluster.member;

import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import io.fyercache.benchmarks.cluster.exchange.WritingLog.KeyLog;
import java.util.Arrays;
import java.util.List;

/**
 * What one thread wrote of a key that nobody else writes. Only what ends after the mark is compared, which the caller passes each time: {@link
 * Long#MAX_VALUE} until there is one. For one thread.
 */
final class WritingRecord {
    /** Ten minutes: no run of a fault takes so long. */
    private static final int MOST_BUCKETS = 60_000;

    private final long key;
    private final long firstBucket;
    private final int[] operations = new int[MOST_BUCKETS];
    private long acknowledged;
    private long successNanos;
    private long longestGapNanos;
    private long slowestNanos;

    WritingRecord(long key, long nowNanos) {
        this.key = key;
        this.firstBucket = WritingLog.bucketOf(nowNanos);
        this.successNanos = nowNanos;
    }

    /** A write was acknowledged. */
    void succeeded(long value, long startNanos, long endNanos, long markNanos) {
        int bucket = (int) (WritingLog.bucketOf(endNanos) - firstBucket);
        if (bucket >= MOST_BUCKETS) {
            throw new IllegalStateException(
                    "writing goes on for more than %d buckets of 10 ms (expected: an end)".formatted(MOST_BUCKETS));
        }
        operations[bucket]++;
        acknowledged = value;
        endGap(endNanos, markNanos);
        called(startNanos, endNanos, markNanos);
    }

    /** A write failed. */
    void failed(long startNanos, long endNanos, long markNanos) {
        called(startNanos, endNanos, markNanos);
    }

    private void endGap(long nowNanos, long markNanos) {
        if (nowNanos > markNanos) {
            longestGapNanos = Math.max(longestGapNanos, nowNanos - successNanos);
        }
        successNanos = nowNanos;
    }

    private void called(long startNanos, long endNanos, long markNanos) {
        if (endNanos > markNanos) {
            slowestNanos = Math.max(slowestNanos, endNanos - startNanos);
        }
    }

    /** Ends the record: a key that waits for a success has waited until now. */
    WritingLog finish(long nowNanos, long markNanos) {
        endGap(nowNanos, markNanos);
        int buckets = (int) Math.min(MOST_BUCKETS, WritingLog.bucketOf(nowNanos) - firstBucket + 1);
        return new WritingLog(
                firstBucket,
                Arrays.stream(operations, 0, buckets).asLongStream().boxed().toList(),
                List.of(new KeyLog(key, acknowledged, longestGapNanos)),
                slowestNanos);
    }
}
