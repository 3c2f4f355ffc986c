package io.fyercache.benchmarks.cluster;

import org.HdrHistogram.Histogram;

/**
 * How long it took from when a change began until all other members had heard of it.
 *
 * @param p50Micros half of the changes took at most so long, in microseconds
 * @param p99Micros 99 of a hundred
 */
public record ChangeSample(double p50Micros, double p99Micros) {
    private static final double NANOS_PER_MICRO = 1e3;

    static ChangeSample of(Histogram nanos) {
        return new ChangeSample(
                nanos.getValueAtPercentile(50) / NANOS_PER_MICRO, nanos.getValueAtPercentile(99) / NANOS_PER_MICRO);
    }
}
