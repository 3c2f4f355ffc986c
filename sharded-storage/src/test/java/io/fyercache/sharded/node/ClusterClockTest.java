package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterClockTest {
    private final ManualClock own = new ManualClock(1_000);
    private final ClusterClock clock = new ClusterClock(own);

    @Test
    void untilItIsTold_itIsTheProcessesOwn() {
        own.advance(Duration.ofMillis(5));

        assertThat(clock.millis()).isEqualTo(1_005);
        assertThat(clock.nanoTime()).isEqualTo(5_000_000);
    }

    @Test
    void whatItWasTold_isReckonedOnByTheClockThatNeverStepsBack() {
        own.advance(Duration.ofMillis(5));
        clock.onTime(7_000, 2_000_000);
        assertThat(clock.millis()).isEqualTo(7_003);

        own.advance(Duration.ofMillis(10));

        assertThat(clock.millis()).isEqualTo(7_013);
        assertThat(clock.nanoTime()).isEqualTo(15_000_000);
    }
}
