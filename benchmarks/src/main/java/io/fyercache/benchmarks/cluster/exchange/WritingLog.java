package io.fyercache.benchmarks.cluster.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * What writers did while something broke. Times are {@link System#nanoTime} of the machine.
 *
 * @param firstBucket the number of the first bucket since the clock's zero
 * @param operations how many writes were acknowledged in each bucket, in a row
 * @param keys what became of each key
 * @param slowestNanos the longest call that ended after the mark, whether it succeeded or failed; 0 if none did
 */
public record WritingLog(long firstBucket, List<Long> operations, List<KeyLog> keys, long slowestNanos) {
    /** The length of a bucket: 10 ms, since a good takeover takes some hundred. */
    public static final long BUCKET_NANOS = 10_000_000;

    private static final int NUMBERS_PER_KEY = 3;

    /**
     * What became of a key, which one thread writes.
     *
     * @param acknowledged the last value that was acknowledged; 0 if none was
     * @param longestGapNanos the longest time between two successes in a row of which the later one, or the end if there was none, came after
     *     the mark
     */
    public record KeyLog(long key, long acknowledged, long longestGapNanos) {}

    /** Keeps copies of the lists. */
    public WritingLog {
        operations = List.copyOf(operations);
        keys = List.copyOf(keys);
    }

    /** The bucket of a time. */
    public static long bucketOf(long nanos) {
        return Math.floorDiv(nanos, BUCKET_NANOS);
    }

    /** What several writers did who share no key. */
    public static WritingLog merged(List<WritingLog> logs) {
        if (logs.isEmpty()) {
            throw new IllegalArgumentException("logs: none (expected: at least one)");
        }
        long first = logs.stream().mapToLong(WritingLog::firstBucket).min().orElseThrow();
        long end = logs.stream().mapToLong(WritingLog::endBucket).max().orElseThrow();
        List<Long> sums = new ArrayList<>();
        for (long bucket = first; bucket < end; bucket++) {
            long at = bucket;
            sums.add(logs.stream().mapToLong(log -> log.operationsIn(at)).sum());
        }
        return new WritingLog(
                first,
                sums,
                logs.stream()
                        .flatMap(log -> log.keys.stream())
                        .sorted(Comparator.comparingLong(KeyLog::key))
                        .toList(),
                logs.stream().mapToLong(WritingLog::slowestNanos).max().orElseThrow());
    }

    private long endBucket() {
        return firstBucket + operations.size();
    }

    private long operationsIn(long bucket) {
        return bucket < firstBucket || bucket >= endBucket() ? 0 : operations.get((int) (bucket - firstBucket));
    }

    /** The longest time that any of some keys was not written; 0 if there are none of these. */
    public long longestGapNanos(LongPredicate ofKeys) {
        return keys.stream()
                .filter(log -> ofKeys.test(log.key))
                .mapToLong(KeyLog::longestGapNanos)
                .max()
                .orElse(0);
    }

    /** Acknowledged writes per second in a span, by the buckets that begin in it; 0 if none does. */
    public double operationsPerSecond(long fromNanos, long toNanos) {
        long from = Math.floorDiv(fromNanos + BUCKET_NANOS - 1, BUCKET_NANOS);
        long to = Math.floorDiv(toNanos + BUCKET_NANOS - 1, BUCKET_NANOS);
        long sum = 0;
        for (long bucket = from; bucket < to; bucket++) {
            sum += operationsIn(bucket);
        }
        return to <= from ? 0 : sum * 1e9 / ((to - from) * BUCKET_NANOS);
    }

    /**
     * How many acknowledged writes are gone: those after the value that was found, for each key.
     *
     * @param found by key; a key that is not in it, or is {@link Answer#ABSENT}, has lost all of its writes
     */
    public long lostWrites(Map<Long, Long> found) {
        return keys.stream()
                .mapToLong(log ->
                        Math.max(0, log.acknowledged - Math.max(0, found.getOrDefault(log.key, Answer.ABSENT))))
                .sum();
    }

    List<Long> numbers() {
        List<Long> numbers = new ArrayList<>(List.of(firstBucket, slowestNanos, (long) operations.size()));
        numbers.addAll(operations);
        keys.forEach(log -> numbers.addAll(List.of(log.key, log.acknowledged, log.longestGapNanos)));
        return numbers;
    }

    static WritingLog ofNumbers(List<Long> numbers) {
        int fixed = 3;
        int buckets = numbers.get(2).intValue();
        List<KeyLog> keys = new ArrayList<>();
        for (int i = fixed + buckets; i + NUMBERS_PER_KEY <= numbers.size(); i += NUMBERS_PER_KEY) {
            keys.add(new KeyLog(numbers.get(i), numbers.get(i + 1), numbers.get(i + 2)));
        }
        return new WritingLog(numbers.get(0), numbers.subList(fixed, fixed + buckets), keys, numbers.get(1));
    }
}
