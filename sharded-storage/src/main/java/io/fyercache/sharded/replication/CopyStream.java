package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;

/**
 * The primary's side of a copy that is being made (J1): the start, then part after part, each when the one before has arrived. Entries of the
 * log take their own way, from the start on. A part contains what is committed when it is sent, and says as of which entry that is. What the
 * receiver has is told by a position, so a part that gets lost is not sent again but made anew. Used by one thread.
 */
final class CopyStream {
    private final long epoch;
    private final long number;
    private final long version;
    private final LoggedCopy data;
    private final int partBytes;
    private final long base;
    private boolean started;
    private boolean pending;
    private CopyPosition reached = CopyPosition.BEGIN;

    /** Whether something is under way that the receiver has not answered. */
    private boolean awaiting;

    private long asOf;
    private long sentNanos;
    private long sentBytes;

    /**
     * Makes a stream that has sent nothing yet.
     *
     * @param number tells it from others of the epoch: later ones have greater numbers
     * @param version that of the record under which it begins
     * @param partBytes see {@link ReplicationLimits}
     */
    CopyStream(long epoch, long number, long version, LoggedCopy data, int partBytes) {
        this.epoch = epoch;
        this.number = number;
        this.version = version;
        this.data = data;
        this.partBytes = partBytes;
        this.base = data.log().committed();
        this.asOf = base;
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

    /** Tells whether the receiver has all. */
    boolean isComplete() {
        return reached.equals(CopyPosition.END);
    }

    /** Takes in how far the receiver is. */
    void progressed(CopyProgress progress) {
        if (progress.stream() == number && (!started || progress.reached().compareTo(reached) > 0)) {
            started = true;
            reached = progress.reached();
            awaiting = false;
        }
    }

    /** Tells whether something should be sent: what comes next, or again what may be lost. */
    boolean isDue(long nowNanos, long resendNanos) {
        return !isComplete() && (!awaiting || nowNanos - sentNanos >= resendNanos);
    }

    /** Returns what comes next, as it is now. */
    PartitionMessage next(long nowNanos) {
        awaiting = true;
        sentNanos = nowNanos;
        sentBytes = 0;
        if (!started) {
            PartitionCopy copy = data.copy();
            return new CopyStart(
                    epoch, number, version, base, copy.partitionMillis(), copy.acknowledgedLosses(), copy.listening());
        }
        CopyCut cut = new CopyCut(data.copy(), reached, partBytes);
        sentBytes = cut.bytes();
        asOf = data.log().committed();
        return new CopyPart(epoch, number, asOf, cut.reached(), cut.results(), cut.entries());
    }

    /** Returns how many bytes of the copy were in what was sent last. */
    long sentBytes() {
        return sentBytes;
    }

    @Override
    public String toString() {
        return number + " has reached " + reached + (pending ? ", pending" : "");
    }
}
