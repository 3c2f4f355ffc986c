package io.fyercache.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.time.Timeline;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
    private final Timeline timeline = new Timeline();
    private final SimulatedNetwork network = new SimulatedNetwork(timeline, new Random(1), NetworkFaults.NONE);

    @Test
    void cutForAWhile_isOneWay_andEnds() {
        network.cut(0, 1, 10);

        assertThat(network.isCut(0, 1)).isTrue();
        assertThat(network.isCut(1, 0)).isFalse();
        timeline.runUntil(10, () -> {});
        assertThat(network.isCut(0, 1)).isFalse();
    }

    @Test
    void ofTwoCuts_theLongerCounts() {
        network.cut(0, 1);
        network.cut(0, 1, 10);
        timeline.runUntil(20, () -> {});
        assertThat(network.isCut(0, 1)).isTrue();

        network.mend(0, 1);
        assertThat(network.isCut(0, 1)).isFalse();
    }
}
