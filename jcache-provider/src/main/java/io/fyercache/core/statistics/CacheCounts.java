package io.fyercache.core.statistics;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has been counted of a cache, or of several, until a moment or within a while: a number of 0 or more for each {@link CacheCount}. Immutable. */
public final class CacheCounts {
    /** Nothing of all. */
    public static final CacheCounts NOTHING = of(count -> 0);

    private final Map<CacheCount, Long> numbers;

    private CacheCounts(Map<CacheCount, Long> numbers) {
        this.numbers = numbers;
    }

    /** Reads counters. While others count, the numbers may be of moments that differ a little. */
    public static CacheCounts of(CacheCounters counters) {
        return of(count -> count.of(counters));
    }

    /**
     * Takes numbers from elsewhere.
     *
     * @throws IllegalArgumentException if one of them is less than 0
     */
    public static CacheCounts of(ToLongFunction<CacheCount> number) {
        Map<CacheCount, Long> numbers = new EnumMap<>(CacheCount.class);
        for (CacheCount count : CacheCount.values()) {
            long each = number.applyAsLong(count);
            if (each < 0) {
                throw new IllegalArgumentException(count + ": " + each + " (expected: 0 or more)");
            }
            numbers.put(count, each);
        }
        return new CacheCounts(numbers);
    }

    /** Returns one of the numbers. */
    public long get(CacheCount count) {
        return numbers.getOrDefault(count, 0L);
    }

    /** Returns both together; what exceeds the largest number is cut. */
    public CacheCounts plus(CacheCounts other) {
        return with(other, (mine, others) -> mine > Long.MAX_VALUE - others ? Long.MAX_VALUE : mine + others);
    }

    /** Returns what was counted since then. A number that is lower than it was has begun anew, as its counters have, and counts whole. */
    public CacheCounts since(CacheCounts earlier) {
        return with(earlier, (now, then) -> now < then ? now : now - then);
    }

    private CacheCounts with(CacheCounts other, LongBinaryOperator combination) {
        return of(count -> combination.applyAsLong(get(count), other.get(count)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheCounts that && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
        return numbers.hashCode();
    }

    @Override
    public String toString() {
        return Stream.of(CacheCount.values())
                .filter(count -> get(count) != 0)
                .map(count -> count + " " + get(count))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
