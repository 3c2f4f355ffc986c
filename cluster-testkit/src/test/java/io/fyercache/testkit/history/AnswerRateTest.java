package io.fyercache.testkit.history;

import static io.fyercache.testkit.history.Histories.get;
import static io.fyercache.testkit.history.Histories.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerRateTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void of_countsAnswersWhereTheyReturned() {
        AnswerRate rate = AnswerRate.of(
                History.of(List.of(
                        get("a", null, 5, 10),
                        get("a", null, 10, SECOND + 4),
                        unknown("a", new Action.Get(), 2 * SECOND),
                        get("a", null, 3 * SECOND, 3 * SECOND + 6))),
                Duration.ofSeconds(1));

        assertThat(rate.answers()).containsExactly(2, 0, 0, 1);
        assertThat(rate.lowestPerSecond()).isZero();
    }

    @Test
    void lowestPerSecond_leavesOutTheLastSliceWhichIsShorter() {
        AnswerRate rate = new AnswerRate(Duration.ofMillis(100), List.of(30, 20, 1));

        assertThat(rate.lowestPerSecond()).isEqualTo(200);
        assertThat(rate).hasToString("51 answers in 3 slices of PT0.1S, at least 200.0 per second");
    }

    @Test
    void of_nothing_isZero() {
        assertThat(AnswerRate.of(History.of(List.of()), Duration.ofSeconds(1)).lowestPerSecond())
                .isZero();
    }

    @Test
    void of_tooManySlices_isRefused() {
        History history = History.of(List.of(get("a", null, 0, SECOND)));

        assertThatThrownBy(() -> AnswerRate.of(history, Duration.ofNanos(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100000001 slices (expected: up to 86400)");
        assertThatThrownBy(() -> AnswerRate.of(history, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slice: PT0S");
    }
}
