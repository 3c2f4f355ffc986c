package io.fyercache.benchmarks.cluster;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How fast a cluster was for a span, all threads of all members together.
 *
 * @param operationsPerSecond that began and ended within the span
 * @param p50Micros half of the operations took at most so long, in microseconds
 * @param p99Micros 99 of a hundred
 * @param p999Micros 999 of a thousand
 */
public record SpeedSample(double operationsPerSecond, double p50Micros, double p99Micros, double p999Micros) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Puts together what the members recorded.
     *
     * @param nanos the durations that each recorded
     * @param spanNanos the length of the span, above 0
     * @throws ClusterFailure if no operation ended in it
     */
    static SpeedSample of(List<Histogram> nanos, long spanNanos) throws ClusterFailure {
        Histogram all = new Histogram(nanos.get(0));
        nanos.forEach(all::add);
        if (all.getTotalCount() == 0) {
            throw new ClusterFailure("no operation ended within %.1f s".formatted(spanNanos / NANOS_PER_SECOND));
        }
        return new SpeedSample(
                all.getTotalCount() * NANOS_PER_SECOND / spanNanos,
                all.getValueAtPercentile(50) / NANOS_PER_MICRO,
                all.getValueAtPercentile(99) / NANOS_PER_MICRO,
                all.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
    }
}
