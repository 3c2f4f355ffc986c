package io.fyercache.benchmarks.result;

/**
 * The hits of one trace at one bound.
 *
 * @param trace the trace's name
 * @param accesses how many it has
 * @param bound the most entries that each cache may keep
 * @param ours hits of FyerCache
 * @param caffeine hits of raw Caffeine
 */
public record HitRatio(String trace, int accesses, int bound, int ours, int caffeine) {
    /** How many points FyerCache may stay behind Caffeine. */
    public static final double TOLERANCE_POINTS = 0.5;

    /** FyerCache's hits, in percent of the accesses. */
    public double oursPercent() {
        return 100.0 * ours / accesses;
    }

    /** Caffeine's hits, in percent of the accesses. */
    public double caffeinePercent() {
        return 100.0 * caffeine / accesses;
    }

    /** How many points FyerCache is ahead; negative when it is behind. */
    public double points() {
        return oursPercent() - caffeinePercent();
    }

    /** Whether FyerCache is within the tolerance. */
    public boolean met() {
        return points() >= -TOLERANCE_POINTS;
    }
}
