package io.fyercache.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SpeedSampleTest {
    @Test
    void of_severalMembers_hasThePercentilesOfAllOperations() throws ClusterFailure {
        // The slow member's operations are 2 in a hundred: they are the 99th percentile of all, not a third of it.
        Histogram slow = histogram(200, 1_000_000);
        Histogram fast = histogram(9_800, 10_000);

        SpeedSample sample = SpeedSample.of(List.of(fast, slow, histogram(0, 1)), 500_000_000);

        assertThat(sample.operationsPerSecond()).isEqualTo(20_000);
        assertThat(sample.p50Micros()).isCloseTo(10, within(0.1));
        assertThat(sample.p99Micros()).isCloseTo(1_000, within(1.0));
        assertThat(sample.p999Micros()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void of_noOperation_isAFailure() {
        assertThatThrownBy(() -> SpeedSample.of(List.of(histogram(0, 1)), 500_000_000))
                .isInstanceOf(ClusterFailure.class)
                .hasMessage("no operation ended within 0.5 s");
    }

    @Test
    void threadsOf_members_areAllThreadsAndAsEqualAsCanBe() {
        ClusterCell cell = new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.PUT, 1_024, 8);

        assertThat(List.of(cell.threadsOf(0, 3), cell.threadsOf(1, 3), cell.threadsOf(2, 3)))
                .isEqualTo(List.of(3, 3, 2));
        assertThat(cell.id()).isEqualTo("cluster/put/1KiB/8-threads");
        assertThat(new ClusterCell(CacheForm.REPLICATED, ClusterOperation.GET, 100, 1).id())
                .isEqualTo("topology/replicated/get/100B/1-thread");
        assertThat(new ChangeCell(CacheForm.INVALIDATED).id()).isEqualTo("topology/invalidated/change");
    }

    private static Histogram histogram(long count, long value) {
        Histogram histogram = new Histogram(60_000_000_000L, 3);
        histogram.recordValueWithCount(value, count);
        return histogram;
    }
}
