package io.fyercache.sharded.replication;

/**
 * The right of a member to serve, which ZooKeeper renews (L1): it lasts for the grace from when the last write of the member's own that was
 * answered had been sent. Used by one thread.
 */
public final class Licence {
    private final ProtocolTimes times;
    private boolean given;
    private long contactNanos;

    /** Makes a licence that has not been given yet. */
    public Licence(ProtocolTimes times) {
        this.times = times;
    }

    /** Notes that ZooKeeper has answered a write that was sent at {@code sentNanos}, and that all it told before is known here. */
    public void renew(long sentNanos) {
        if (!given || sentNanos - contactNanos > 0) {
            contactNanos = sentNanos;
        }
        given = true;
    }

    /** Returns from when on the member may not serve, if nothing renews it, which was given. */
    long untilNanos() {
        return contactNanos + times.graceNanos();
    }

    /** Tells whether the member may serve at {@code nowNanos}. */
    public boolean isValid(long nowNanos) {
        return given && nowNanos - contactNanos < times.graceNanos();
    }
}
