package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import java.util.Map;
import java.util.Set;

/**
 * What callers noticed of a fault.
 *
 * @param windowMillis the longest time without a success on any key whose primary was the member that it happened to; if nobody was, on any key
 * @param beforePerSecond acknowledged writes per second before it
 * @param duringPerSecond acknowledged writes per second while it lasted and the window was open
 * @param afterPerSecond acknowledged writes per second from then on
 * @param slowestMillis the longest that a call took
 * @param lostWrites acknowledged writes that were not there afterwards
 */
public record FaultSample(
        double windowMillis,
        double beforePerSecond,
        double duringPerSecond,
        double afterPerSecond,
        double slowestMillis,
        long lostWrites) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * When what was.
     *
     * @param fromNanos since when was written at full speed
     * @param faultNanos when it happened
     * @param overNanos when its cause was over
     * @param toNanos when the writing was told to end
     */
    record Times(long fromNanos, long faultNanos, long overNanos, long toNanos) {}

    /**
     * Puts together what was recorded.
     *
     * @param keys those whose primary it happened to; if empty, all
     * @param found what each key's value began with afterwards
     */
    static FaultSample of(WritingLog log, Set<Long> keys, Times times, Map<Long, Long> found) {
        long windowNanos = log.longestGapNanos(key -> keys.isEmpty() || keys.contains(key));
        long calmNanos = Math.min(times.toNanos, Math.max(times.overNanos, times.faultNanos + windowNanos));
        return new FaultSample(
                windowNanos / NANOS_PER_MILLI,
                log.operationsPerSecond(times.fromNanos, times.faultNanos),
                log.operationsPerSecond(times.faultNanos, calmNanos),
                log.operationsPerSecond(calmNanos, times.toNanos),
                log.slowestNanos() / NANOS_PER_MILLI,
                log.lostWrites(found));
    }
}
