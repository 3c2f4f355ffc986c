package io.fyercache.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ZipfSequenceTest {
    private static final int ITEMS = 10_000;
    private static final int LENGTH = 200_000;

    @Test
    void ranks_customaryExponent_frequencyFollowsTheLaw() {
        int[] ranks = ZipfSequence.ranks(ITEMS, LENGTH, ZipfSequence.CUSTOMARY_EXPONENT);

        assertThat(shareOfFirst(ranks, 1)).isCloseTo(expectedShareOfFirst(1), within(0.005));
        assertThat(shareOfFirst(ranks, 100)).isCloseTo(expectedShareOfFirst(100), within(0.01));
        assertThat(shareOfFirst(ranks, ITEMS)).isEqualTo(1);
    }

    @Test
    void ranks_exponentZero_isUniform() {
        int[] ranks = ZipfSequence.ranks(ITEMS, LENGTH, 0);

        assertThat(shareOfFirst(ranks, ITEMS / 2)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void ranks_twice_areTheSame() {
        assertThat(ZipfSequence.ranks(100, 1_000, 1)).isEqualTo(ZipfSequence.ranks(100, 1_000, 1));
    }

    private static double shareOfFirst(int[] ranks, int first) {
        return (double) Arrays.stream(ranks).filter(rank -> rank < first).count() / ranks.length;
    }

    private static double expectedShareOfFirst(int first) {
        double head = 0;
        double all = 0;
        for (int rank = 1; rank <= ITEMS; rank++) {
            double weight = Math.pow(rank, -ZipfSequence.CUSTOMARY_EXPONENT);
            all += weight;
            head += rank <= first ? weight : 0;
        }
        return head / all;
    }
}
