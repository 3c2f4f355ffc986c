package io.fyercache.sharded.controller;

/**
 * When a member that says nothing is noticed, in nanoseconds.
 *
 * @param heartbeatNanos how often members tell each other that they are there
 * @param silenceNanos after which time without a word a member is suspected; more than two heartbeats
 */
public record HearingTimes(long heartbeatNanos, long silenceNanos) {
    private static final long MILLIS = 1_000_000;

    /** A heartbeat every 100 ms, and suspicion after 500 ms: beyond a lease, so that the lease of one who has stopped is over by then. */
    public static final HearingTimes STANDARD = new HearingTimes(100 * MILLIS, 500 * MILLIS);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the heartbeat is not positive or the silence not longer than two of them
     */
    public HearingTimes {
        if (heartbeatNanos < 1) {
            throw new IllegalArgumentException("heartbeatNanos: " + heartbeatNanos + " (expected: at least 1)");
        }
        if (silenceNanos <= 2 * heartbeatNanos) {
            throw new IllegalArgumentException("silenceNanos: " + silenceNanos
                    + " (expected: more than two heartbeats of " + heartbeatNanos + ")");
        }
    }

    /** Returns how long after a word a member vouches for its sender, and how long a word counts. */
    long freshNanos() {
        return 2 * heartbeatNanos;
    }
}
