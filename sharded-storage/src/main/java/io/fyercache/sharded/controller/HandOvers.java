package io.fyercache.sharded.controller;

import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;

/**
 * Whose turn it is to be handed over (J3): one partition of the cluster at a time. It stands still until its record is written, and of several
 * that gave up about the same time all but the first would wait for two writes. A primary that does not give up soon, because user code is under
 * way or it cannot be reached, is not waited for. Used by one thread.
 */
final class HandOvers {
    /** What {@link #next} returns if nobody is to be asked. */
    static final int NONE = -1;

    private final long patienceNanos;

    /** The partition whose primary was asked last, and the version of its record then. */
    private int asked = NONE;

    private long askedVersion;
    private long askedNanos;

    /**
     * Has asked nobody.
     *
     * @param patienceNanos for how long a primary is waited for
     */
    HandOvers(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** Returns the partition whose primary is to be asked now to give up; {@link #NONE} if there is none, or another one's turn is not over. */
    int next(PartitionTable table, RecordSteps steps, long nowNanos) {
        if (asked != NONE && nowNanos - askedNanos < patienceNanos && isUnderWay(table.record(asked), steps)) {
            return NONE;
        }
        int count = table.partitionCount();
        for (int distance = 1; distance <= count; distance++) {
            int partition = (asked + distance) % count;
            PartitionRecord record = table.record(partition);
            if (steps.shouldHandOver(record)) {
                asked = partition;
                askedVersion = record.version();
                askedNanos = nowNanos;
                return partition;
            }
        }
        return NONE;
    }

    private boolean isUnderWay(PartitionRecord record, RecordSteps steps) {
        return record.version() == askedVersion && steps.shouldHandOver(record);
    }
}
