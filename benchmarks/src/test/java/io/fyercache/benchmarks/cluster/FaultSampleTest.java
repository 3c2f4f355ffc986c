package io.fyercache.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.cluster.FaultSample.Times;
import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import io.fyercache.benchmarks.cluster.exchange.WritingLog.KeyLog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultSampleTest {
    private static final long BUCKET = WritingLog.BUCKET_NANOS;

    /** Ten writes in each bucket, but for one of three after the fault; key 1 was away for two buckets, key 2 for one. */
    private final WritingLog log = new WritingLog(
            0,
            List.of(10L, 10L, 1L, 0L, 5L, 5L, 5L, 5L),
            List.of(new KeyLog(1, 20, 2 * BUCKET), new KeyLog(2, 30, BUCKET)),
            3 * BUCKET);

    private final Map<Long, Long> found = Map.of(1L, 20L, 2L, 28L);

    @Test
    void of_killedMember_hasTheWindowOfItsKeysAndTheRatesAroundIt() {
        FaultSample sample = FaultSample.of(log, Set.of(1L), new Times(0, 2 * BUCKET, 2 * BUCKET, 8 * BUCKET), found);

        assertThat(sample).isEqualTo(new FaultSample(20, 1_000, 50, 500, 30, 2));
    }

    @Test
    void of_keysOfOthers_doNotCount() {
        FaultSample sample = FaultSample.of(log, Set.of(2L), new Times(0, 2 * BUCKET, 2 * BUCKET, 8 * BUCKET), found);

        assertThat(sample.windowMillis()).isEqualTo(10);
    }

    @Test
    void of_nobodyBroke_countsAllKeys() {
        FaultSample sample = FaultSample.of(log, Set.of(), new Times(0, 2 * BUCKET, 2 * BUCKET, 8 * BUCKET), found);

        assertThat(sample.windowMillis()).isEqualTo(20);
    }

    @Test
    void of_faultThatOutlastsTheWindow_isOverWhenItIs() {
        FaultSample sample = FaultSample.of(log, Set.of(1L), new Times(0, 2 * BUCKET, 6 * BUCKET, 8 * BUCKET), found);

        assertThat(sample.duringPerSecond()).isEqualTo(275);
        assertThat(sample.afterPerSecond()).isEqualTo(500);
    }

    @Test
    void of_windowThatIsOpenAtTheEnd_leavesNothingAfterIt() {
        FaultSample sample = FaultSample.of(log, Set.of(1L), new Times(0, 2 * BUCKET, 2 * BUCKET, 3 * BUCKET), found);

        assertThat(sample.afterPerSecond()).isZero();
    }
}
