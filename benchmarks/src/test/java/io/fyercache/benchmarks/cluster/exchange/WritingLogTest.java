package io.fyercache.benchmarks.cluster.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.cluster.exchange.WritingLog.KeyLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WritingLogTest {
    private static final long BUCKET = WritingLog.BUCKET_NANOS;

    private final WritingLog first = new WritingLog(10, List.of(1L, 2L, 3L), List.of(new KeyLog(7, 5, 100)), 40);
    private final WritingLog second = new WritingLog(12, List.of(10L, 20L), List.of(new KeyLog(3, 9, 300)), 30);
    private final WritingLog merged = WritingLog.merged(List.of(first, second));

    @Test
    void merged_logsOfDifferentSpans_addsWhatWasAtTheSameTime() {
        assertThat(merged)
                .isEqualTo(new WritingLog(
                        10, List.of(1L, 2L, 13L, 20L), List.of(new KeyLog(3, 9, 300), new KeyLog(7, 5, 100)), 40));
    }

    @Test
    void longestGap_someKeys_isTheLongestOfThese() {
        assertThat(merged.longestGapNanos(key -> true)).isEqualTo(300);
        assertThat(merged.longestGapNanos(key -> key == 7)).isEqualTo(100);
        assertThat(merged.longestGapNanos(key -> false)).isZero();
    }

    @Test
    void operationsPerSecond_span_countsTheBucketsThatBeginInIt() {
        assertThat(merged.operationsPerSecond(10 * BUCKET, 12 * BUCKET)).isEqualTo(150);
        assertThat(merged.operationsPerSecond(10 * BUCKET + 1, 12 * BUCKET + 1)).isEqualTo(750);
        assertThat(merged.operationsPerSecond(12 * BUCKET, 15 * BUCKET)).isEqualTo(1_100);
        assertThat(merged.operationsPerSecond(12 * BUCKET, 12 * BUCKET)).isZero();
    }

    @Test
    void bucketOf_timeBeforeTheClocksZero_isBelowZero() {
        assertThat(WritingLog.bucketOf(-1)).isEqualTo(-1);
        assertThat(WritingLog.bucketOf(0)).isZero();
        assertThat(WritingLog.bucketOf(BUCKET)).isEqualTo(1);
    }

    @Test
    void lostWrites_laterNumberFound_hasLostNone() {
        assertThat(merged.lostWrites(Map.of(3L, 9L, 7L, 6L))).isZero();
    }

    @Test
    void lostWrites_earlierNumberOrNoneFound_hasLostThoseAfterIt() {
        assertThat(merged.lostWrites(Map.of(3L, 7L, 7L, 5L))).isEqualTo(2);
        assertThat(merged.lostWrites(Map.of(3L, 9L, 7L, Answer.ABSENT))).isEqualTo(5);
        assertThat(merged.lostWrites(Map.of(3L, 9L))).isEqualTo(5);
    }
}
