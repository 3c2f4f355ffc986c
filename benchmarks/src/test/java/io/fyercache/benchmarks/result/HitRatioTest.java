package io.fyercache.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HitRatioTest {
    @Test
    void points_areTheDifferenceOfPercents() {
        assertThat(new HitRatio("web07", 1_000, 10, 400, 390).points()).isCloseTo(1, within(1e-9));
    }

    @Test
    void met_halfAPointBehind_isTheLimit() {
        assertThat(new HitRatio("web07", 1_000, 10, 395, 400).met()).isTrue();
        assertThat(new HitRatio("web07", 1_000, 10, 394, 400).met()).isFalse();
        assertThat(new HitRatio("web07", 1_000, 10, 500, 400).met()).isTrue();
    }
}
