package io.fyercache.sharded.node;

import io.fyercache.core.time.Clock;

/**
 * What processes of a cluster take for the time, whatever their own wall clocks say: the clock of the member in the middle (E4). Processes that are told
 * it differ by no more than their messages take. What was told last is reckoned on by the process's clock that never steps back.
 *
 * <p>Thread-safe.
 */
final class ClusterClock implements Clock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock own;

    /** Written by the process's thread. */
    private volatile Reading latest;

    private record Reading(long millis, long nanos) {}

    /** Makes a clock that shows the process's own time as long as it is told no other. */
    ClusterClock(Clock own) {
        this.own = own;
        this.latest = new Reading(own.millis(), own.nanoTime());
    }

    /** Takes in what the time was when the process's clock that never steps back showed {@code nanos}. */
    void onTime(long millis, long nanos) {
        latest = new Reading(millis, nanos);
    }

    @Override
    public long millis() {
        Reading reading = latest;
        return reading.millis + (own.nanoTime() - reading.nanos) / NANOS_PER_MILLI;
    }

    @Override
    public long nanoTime() {
        return own.nanoTime();
    }
}
