package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RetryPolicy POLICY = new RetryPolicy(100, 10, 55, 20);

    private static long pause(RetryPolicy policy, int before, boolean longest) {
        RecordedHost host = new RecordedHost();
        host.drawsMost = !longest;
        return policy.pauseNanos(before, host);
    }

    @Test
    void pauses_doubleUpToTheLongest() {
        assertThat(new long[] {
                    pause(POLICY, 0, true),
                    pause(POLICY, 1, true),
                    pause(POLICY, 2, true),
                    pause(POLICY, 3, true),
                    pause(POLICY, 100_000, true)
                })
                .containsExactly(10, 20, 40, 55, 55);
    }

    @Test
    void chance_takesUpToHalf() {
        assertThat(pause(POLICY, 0, false)).isEqualTo(5);
        assertThat(pause(POLICY, 1, false)).isEqualTo(10);
        assertThat(pause(POLICY, 3, false)).isEqualTo(28);
    }

    @Test
    void manyPauses_neverOverflow() {
        RetryPolicy extreme = new RetryPolicy(1, RetryPolicy.LONGEST_NANOS - 1, RetryPolicy.LONGEST_NANOS, 1);

        for (int before = 0; before < 200; before++) {
            assertThat(pause(extreme, before, true))
                    .isBetween(RetryPolicy.LONGEST_NANOS - 1, RetryPolicy.LONGEST_NANOS);
        }
    }

    @Test
    void timesOutOfRange_areRefused() {
        assertRefused(0, 1, 1, 1, "attemptNanos: 0 (expected: 1..300000000000)");
        assertRefused(1, 2, 1, 1, "firstPauseNanos: 2 (expected: 1..1)");
        assertRefused(1, 1, 300_000_000_001L, 1, "longestPauseNanos: 300000000001 (expected: 1..300000000000)");
        assertRefused(1, 1, 1, -1, "tableNanos: -1 (expected: 1..300000000000)");
    }

    private static void assertRefused(long attempt, long first, long longest, long table, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(attempt, first, longest, table))
                .withMessage(message);
    }
}
