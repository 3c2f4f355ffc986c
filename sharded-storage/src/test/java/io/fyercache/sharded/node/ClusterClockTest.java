package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClusterClockTest {
    private final ManualClock own = new ManualClock(1_000);
    private final ClusterClock clock = new ClusterClock(own);

    @Test
    void untilOthersAreHeard_itIsTheProcessesOwn() {
        own.advance(Duration.ofMillis(5));

        assertThat(clock.millis()).isEqualTo(1_005);
        assertThat(clock.nanoTime()).isEqualTo(5_000_000);
    }

    @Test
    void wallClock_isThatOfTheOneInTheMiddle_andRunningTimeTheProcessesOwn() {
        clock.onAhead(300);
        own.advance(Duration.ofMillis(5));
        assertThat(clock.millis()).isEqualTo(1_305);
        assertThat(clock.nanoTime()).isEqualTo(5_000_000);

        clock.onAhead(-300);
        assertThat(clock.millis()).isEqualTo(705);
    }
}
