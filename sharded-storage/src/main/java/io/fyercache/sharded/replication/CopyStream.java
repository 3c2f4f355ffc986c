package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.Bucket;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.topology.KeyHash;

/**
 * The primary's side of a copy that is being made (J1): the start, then bucket after bucket, each when the one before has arrived. Entries
 * take their own way, from the start on. A bucket contains what is committed when it is sent, and says as of which entry that is; so the
 * receiver knows which entries it must still carry out on it, in whatever order bucket and entries arrive. Used by one thread.
 */
final class CopyStream {
    private final long epoch;
    private final long number;
    private final LoggedCopy data;
    private final long base;
    private boolean started;
    private boolean pending;
    private int buckets;
    private long asOf;
    private long sentNanos;

    /**
     * Makes a stream that has sent nothing yet.
     *
     * @param number tells it from others to the same member: the version of the record under which it begins
     */
    CopyStream(long epoch, long number, LoggedCopy data, long nowNanos) {
        this.epoch = epoch;
        this.number = number;
        this.data = data;
        this.base = data.log().committed();
        this.asOf = base;
        this.sentNanos = nowNanos;
    }

    /** Returns what tells this stream from others of the epoch. */
    long number() {
        return number;
    }

    /** Returns the entry after which the receiver needs all. */
    long base() {
        return base;
    }

    /** Returns the last entry that any part contains, so that the receiver cannot tell its changes. */
    long asOf() {
        return asOf;
    }

    /** Tells whether the receiver has the start, and so can take entries. */
    boolean isStarted() {
        return started;
    }

    /** Tells whether the controller has been asked to count the receiver as in sync, and may have done so. */
    boolean isPending() {
        return pending;
    }

    void setPending(boolean asked) {
        pending = asked;
    }

    /** Tells whether the receiver has every bucket. */
    boolean isComplete() {
        return buckets == KeyHash.BUCKETS;
    }

    /** Takes in how far the receiver is; tells whether that is further than before, so that the next part can be sent. */
    boolean progressed(long stream, int received) {
        if (stream != number || (started && received <= buckets)) {
            return false;
        }
        started = true;
        buckets = received;
        return !isComplete();
    }

    /** Tells whether the part that is under way should be sent again. */
    boolean isOverdue(long nowNanos, long resendNanos) {
        return !isComplete() && nowNanos - sentNanos >= resendNanos;
    }

    /** Returns the part that comes next, as it is now. */
    PartitionMessage next(long nowNanos) {
        sentNanos = nowNanos;
        PartitionCopy copy = data.copy();
        if (started) {
            asOf = data.log().committed();
            return new Bucket(epoch, number, buckets, asOf, copy.bucket(buckets));
        }
        return new CopyStart(
                epoch, number, base, copy.partitionMillis(), copy.results().all(), copy.acknowledgedLosses());
    }

    @Override
    public String toString() {
        return number + " has " + buckets + " buckets" + (pending ? ", pending" : "");
    }
}
