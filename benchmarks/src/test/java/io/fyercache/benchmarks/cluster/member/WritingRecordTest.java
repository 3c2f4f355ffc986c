package io.fyercache.benchmarks.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import io.fyercache.benchmarks.cluster.exchange.WritingLog.KeyLog;
import java.util.List;
import org.junit.jupiter.api.Test;

class WritingRecordTest {
    private static final long NO_MARK = Long.MAX_VALUE;
    private static final long BUCKET = WritingLog.BUCKET_NANOS;

    private final WritingRecord record = new WritingRecord(50, 1_000);

    @Test
    void finish_gapsBeforeTheMark_countNothing() {
        record.succeeded(1, 1_000, 5_000, NO_MARK);
        record.succeeded(2, 5_100, 5_200, 5_150);
        record.succeeded(3, 5_200, 5_230, 5_150);

        WritingLog log = record.finish(5_240, 5_150);

        assertThat(log.keys()).containsExactly(new KeyLog(50, 3, 200));
        assertThat(log.slowestNanos()).isEqualTo(100);
    }

    @Test
    void finish_gapThatTheMarkIsIn_countsFromTheLastSuccess() {
        record.succeeded(1, 1_000, 1_100, NO_MARK);
        record.succeeded(2, 1_300, 9_100, 1_200);
        record.succeeded(3, 9_100, 9_200, 1_200);

        WritingLog log = record.finish(9_300, 1_200);

        assertThat(log.keys()).containsExactly(new KeyLog(50, 3, 8_000));
        assertThat(log.slowestNanos()).isEqualTo(7_800);
    }

    @Test
    void finish_failuresInARow_areOneGapToTheNextSuccess() {
        record.succeeded(1, 1_000, 1_100, NO_MARK);
        record.failed(1_200, 4_200, 1_200);
        record.failed(4_300, 5_300, 1_200);
        record.succeeded(4, 5_400, 5_500, 1_200);

        WritingLog log = record.finish(5_600, 1_200);

        assertThat(log.keys()).containsExactly(new KeyLog(50, 4, 4_400));
        assertThat(log.slowestNanos()).isEqualTo(3_000);
    }

    @Test
    void finish_keyThatWaitsForASuccess_hasWaitedUntilNow() {
        record.succeeded(1, 1_000, 1_100, NO_MARK);
        record.failed(1_100, 7_100, 1_200);

        assertThat(record.finish(8_000, 1_200).keys()).containsExactly(new KeyLog(50, 1, 6_900));
    }

    @Test
    void finish_successes_areInTheBucketOfTheirEnd() {
        record.succeeded(1, 1_000, BUCKET - 1, NO_MARK);
        record.succeeded(2, BUCKET - 1, BUCKET, NO_MARK);
        record.succeeded(3, BUCKET, BUCKET + 1, NO_MARK);
        record.failed(BUCKET + 1, BUCKET + 2, NO_MARK);

        WritingLog log = record.finish(3 * BUCKET, NO_MARK);

        assertThat(log.firstBucket()).isZero();
        assertThat(log.operations()).isEqualTo(List.of(1L, 2L, 0L, 0L));
    }

    @Test
    void succeeded_afterTenMinutes_isRefused() {
        assertThatThrownBy(() -> record.succeeded(1, 1_000, 60_000 * BUCKET, NO_MARK))
                .hasMessageContaining("more than 60000 buckets of 10 ms");
    }
}
