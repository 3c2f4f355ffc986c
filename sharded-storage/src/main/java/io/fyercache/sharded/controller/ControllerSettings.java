package io.fyercache.sharded.controller;

import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.topology.PartitionTable;

/**
 * How a controller places copies.
 *
 * @param partitionCount of a cluster that this founds, a power of two, 1..{@value PartitionTable#MAX_PARTITIONS}
 * @param redundancy how many copies each partition should have
 * @param settleNanos how long the members must have stayed the same before copies are moved: a member that restarts at once takes its copies
 *     back
 * @param joinsPerMember how many copies a member sends, and how many it receives, at a time
 */
public record ControllerSettings(int partitionCount, Redundancy redundancy, long settleNanos, int joinsPerMember) {
    /** 1024 partitions with one backup; moves begin after a second. */
    public static final ControllerSettings STANDARD =
            new ControllerSettings(PartitionTable.DEFAULT_PARTITIONS, Redundancy.backups(1), 1_000_000_000L, 4);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ControllerSettings {
        PartitionTable.checkCount(partitionCount);
        if (settleNanos < 0) {
            throw new IllegalArgumentException("settleNanos: " + settleNanos + " (expected: at least 0)");
        }
        if (joinsPerMember < 1) {
            throw new IllegalArgumentException("joinsPerMember: " + joinsPerMember + " (expected: at least 1)");
        }
    }
}
