package io.fyercache.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.result.Outcome.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void median_oddAndEvenCounts_isTheMiddle() {
        assertThat(new Measured(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
        assertThat(new Measured(List.of(9.0, 1.0, 5.0, 6.0)).median()).isEqualTo(5.5);
        assertThat(new Measured(List.of(3.0)).median()).isEqualTo(3);
    }

    @Test
    void relativeSpread_oneOutlier_doesNotCount() {
        assertThat(new Measured(List.of(10.0, 10.0, 10.0, 10.0, 99.0)).relativeSpread())
                .isZero();
        assertThat(new Measured(List.of(8.0, 9.0, 10.0, 11.0, 12.0)).relativeSpread())
                .isEqualTo(0.2);
    }

    @Test
    void measured_noSamples_isRejected() {
        assertThatThrownBy(() -> new Measured(List.of())).hasMessage("samples: none (expected: at least one)");
    }
}
