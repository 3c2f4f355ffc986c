package io.fyercache.sharded.replication;

/**
 * How quickly copies leave a member, for all of its partitions together (B5), so that a rebalance leaves the network to the clients. What has
 * left is paid for by time that has passed, or will. Used by one thread.
 */
public final class CopyPace {
    private static final long SECOND = 1_000_000_000;

    /** Nanoseconds that may be owed, 20 ms: partitions look every 10 ms whether they may send, and must keep to the pace all the same. */
    private static final long CREDIT_NANOS = 20_000_000;

    private final long bytesPerSecond;
    private boolean owes;
    private long paidNanos;

    /**
     * Makes the pace of a member that has sent nothing yet.
     *
     * @param bytesPerSecond 1 or more
     */
    public CopyPace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Tells whether something may leave now. */
    boolean permits(long nowNanos) {
        return !owes || paidNanos - nowNanos < CREDIT_NANOS;
    }

    /** Counts what leaves now. */
    void count(long bytes, long nowNanos) {
        if (!owes || paidNanos - nowNanos < 0) {
            paidNanos = nowNanos;
        }
        owes = true;
        paidNanos += bytes * SECOND / bytesPerSecond;
    }
}
