package io.fyercache.sharded.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    /** 700 ms before the end of the numbers: the clock has no beginning. */
    private final long start = Long.parseLong("9223372036154775807");

    private final FailureDetector detector = new FailureDetector(HearingTimes.STANDARD, start);

    /** Lets time pass as it does for a member that does not stand still. */
    private Hearing at(long millis) {
        for (long each = 0; each <= millis; each += 10) {
            detector.onTick(start + each * MILLIS);
        }
        return detector.hearing(start + millis * MILLIS, List.of());
    }

    @Test
    void memberThatIsNew_countsAsHeard() {
        detector.listenTo(List.of(ONE, TWO), start);

        assertThat(at(190)).isEqualTo(Hearing.ALL);
    }

    @Test
    void memberWithoutWord_isSilentAfterTwoHeartbeats_andSuspectedAfterFive() {
        detector.listenTo(List.of(ONE, TWO), start);
        detector.heard(TWO, start + 100 * MILLIS);

        assertThat(at(200)).isEqualTo(new Hearing(List.of(ONE), List.of(), List.of()));
        assertThat(at(500)).isEqualTo(new Hearing(List.of(ONE, TWO), List.of(ONE), List.of()));
        assertThat(at(600)).isEqualTo(new Hearing(List.of(ONE, TWO), List.of(ONE, TWO), List.of()));
    }

    @Test
    void memberWhoseConnectionIsLost_isSuspectedAtOnce_untilItIsHeard() {
        detector.listenTo(List.of(ONE, TWO), start);
        detector.heard(ONE, start);
        detector.connectionLost(ONE);

        assertThat(at(10)).isEqualTo(new Hearing(List.of(ONE), List.of(ONE), List.of()));
        detector.heard(ONE, start + 20 * MILLIS);
        assertThat(at(30)).isEqualTo(Hearing.ALL);
    }

    @Test
    void memberThatWasNeverHeard_isSuspectedForItsSilence_andNotForAConnectionThatFails() {
        detector.listenTo(List.of(ONE), start);
        detector.connectionLost(ONE);

        assertThat(at(100)).isEqualTo(Hearing.ALL);
        for (int millis = 200; millis < 500; millis += 100) {
            at(millis);
        }
        assertThat(at(500).suspected()).containsExactly(ONE);
    }

    @Test
    void ownStandstill_isNobodysSilence() {
        detector.listenTo(List.of(ONE, TWO), start);
        at(100);
        detector.onTick(start + 5_000 * MILLIS);

        assertThat(detector.hearing(start + 5_000 * MILLIS, List.of())).isEqualTo(Hearing.ALL);
    }

    @Test
    void silenceBeforeOwnStandstill_counts() {
        detector.listenTo(List.of(ONE), start);
        at(400);
        detector.onTick(start + 5_000 * MILLIS);
        detector.onTick(start + 5_090 * MILLIS);

        assertThat(detector.hearing(start + 5_090 * MILLIS, List.of()).suspected())
                .isEmpty();
        detector.onTick(start + 5_100 * MILLIS);
        assertThat(detector.hearing(start + 5_100 * MILLIS, List.of()).suspected())
                .containsExactly(ONE);
    }

    @Test
    void memberThatIsNotListenedTo_isNotSpokenOf() {
        detector.listenTo(List.of(ONE, TWO), start);
        detector.listenTo(List.of(TWO), start);
        detector.heard(ONE, start);
        detector.connectionLost(ONE);

        assertThat(at(600).suspected()).containsExactly(TWO);
    }

    @Test
    void silenceWithinTwoHeartbeats_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HearingTimes(100, 200))
                .withMessage("silenceNanos: 200 (expected: more than two heartbeats of 100)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HearingTimes(0, 200))
                .withMessage("heartbeatNanos: 0 (expected: at least 1)");
    }
}
