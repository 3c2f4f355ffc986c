package io.fyercache.sharded.replication;

/**
 * The intervals that members agree upon, in nanoseconds of a clock that never steps back.
 *
 * @param leaseNanos how long a grant holds for the member that gave it
 * @param graceNanos how long a member may serve without word from ZooKeeper; {@link #UNLIMITED} for ever
 * @param resendNanos after which time without an answer a message is sent again
 * @param clockMillis by how much a partition's time is ahead of a member's wall clock at most (R6)
 */
public record ProtocolTimes(long leaseNanos, long graceNanos, long resendNanos, long clockMillis) {
    private static final long MILLIS = 1_000_000;

    /** A grace without end: what is lost begins anew only if all who had a copy are known to have stopped. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /**
     * The intervals of a cluster in production: a lease of 300 ms, a grace of 30 s, and 100 ms before anything is sent again. Whose clock is more than
     * five seconds off leads nothing (E4), so two clocks are ten seconds apart at most.
     */
    public static final ProtocolTimes STANDARD = new ProtocolTimes(300 * MILLIS, 30_000 * MILLIS, 100 * MILLIS, 10_000);

    /** What is deducted from a lease for the delays of the clocks' reading. */
    private static final long LEASE_MARGIN_NANOS = 5 * MILLIS;

    /** How often something is sent before whoever does not answer is given up. */
    static final int REPETITIONS = 5;

    /** A primary's leave to answer reads lasts for half of a lease: less than it has left when it was asked for its own a while ago (R6). */
    private static final int SUBLEASES_PER_LEASE = 2;

    /** The percentage of a lease that is used: two clocks may differ by one in a hundred, each. */
    private static final long USED_PERCENT = 98;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if an interval is not positive, or a lease so short that nothing is left of it
     */
    public ProtocolTimes {
        if (leaseNanos < 10 * LEASE_MARGIN_NANOS) {
            throw new IllegalArgumentException(
                    "leaseNanos: " + leaseNanos + " (expected: at least " + 10 * LEASE_MARGIN_NANOS + ")");
        }
        if (graceNanos < leaseNanos) {
            throw new IllegalArgumentException(
                    "graceNanos: " + graceNanos + " (expected: at least the lease, " + leaseNanos + ")");
        }
        if (resendNanos < 1) {
            throw new IllegalArgumentException("resendNanos: " + resendNanos + " (expected: at least 1)");
        }
        if (clockMillis < 0) {
            throw new IllegalArgumentException("clockMillis: " + clockMillis + " (expected: at least 0)");
        }
    }

    /**
     * Returns how long others must wait until nobody can rely on a licence any more, or, where all of them are known to have stopped, on a
     * lease: that time, and what two clocks may differ by; {@link #UNLIMITED} if that is never.
     */
    public long outlastNanos(boolean allHaveStopped) {
        if (graceNanos == UNLIMITED && !allHaveStopped) {
            return UNLIMITED;
        }
        return (allHaveStopped ? leaseNanos : graceNanos) / USED_PERCENT * 100 + LEASE_MARGIN_NANOS;
    }

    /** Returns what the primary's clock shows at most when a member's shows {@code wallMillis}. */
    public long latestMillis(long wallMillis) {
        return wallMillis + clockMillis;
    }

    /** Returns after which time without an acknowledgement that is due a copy is given up (T6). */
    long patienceNanos() {
        return REPETITIONS * resendNanos;
    }

    /** Returns how long a primary may use a lease that was asked for at the start of the interval. */
    long usableLeaseNanos() {
        return usable(leaseNanos);
    }

    /** Returns how long a primary's leave to answer reads lasts for the primary, from when it gave it (R6). */
    long subleaseNanos() {
        return leaseNanos / SUBLEASES_PER_LEASE;
    }

    /** Returns how long a copy may use a primary's leave that was asked for at the start of the interval. */
    long usableSubleaseNanos() {
        return usable(subleaseNanos());
    }

    private static long usable(long nanos) {
        return nanos / 100 * USED_PERCENT - LEASE_MARGIN_NANOS;
    }
}
