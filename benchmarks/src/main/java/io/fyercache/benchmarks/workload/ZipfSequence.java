package io.fyercache.benchmarks.workload;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A precomputed sequence of ranks whose frequency follows Zipf's law: rank r is drawn in proportion to 1 / (r + 1)^exponent.
 *
 * <p>Drawn by inversion of the cumulative distribution, with a fixed seed, so that every contestant reads the same sequence.
 */
public final class ZipfSequence {
    /** The exponent that YCSB made customary for cache workloads (Cooper et al., Benchmarking Cloud Serving Systems, 2010). */
    public static final double CUSTOMARY_EXPONENT = 0.99;

    private static final long SEED = 107;

    private ZipfSequence() {}

    /**
     * Draws a sequence.
     *
     * @param items the number of ranks, at least 1; ranks are 0 (the most frequent) to items - 1
     * @param length the number of draws, at least 0
     * @param exponent the skew, 0 (uniform) or more
     */
    public static int[] ranks(int items, int length, double exponent) {
        double[] cumulative = new double[items];
        double sum = 0;
        for (int rank = 0; rank < items; rank++) {
            sum += 1 / Math.pow(rank + 1, exponent);
            cumulative[rank] = sum;
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int[] ranks = new int[length];
        for (int i = 0; i < length; i++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            ranks[i] = found >= 0 ? found : Math.min(-found - 1, items - 1);
        }
        return ranks;
    }
}
