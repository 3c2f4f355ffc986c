package io.fyercache.sharded.controller;

import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.List;
import java.util.TreeSet;

/**
 * How a controller places copies.
 *
 * @param layout the partitions of a cluster that this founds
 * @param redundancy how many copies each partition should have, if it is not a replicated one
 * @param settleNanos how long the members must have stayed the same before copies are moved: a member that restarts at once takes its copies
 *     back
 * @param joinsPerMember how many copies a member sends, and how many it receives, at a time. Their pace is bounded besides (B5), so this is about
 *     the memory that each takes, and about the time between two: most copies are small
 * @param lossPolicies what the caches of the cluster may want to become of partitions that are lost; one at least
 */
public record ControllerSettings(
        PartitionLayout layout,
        Redundancy redundancy,
        long settleNanos,
        int joinsPerMember,
        List<LossPolicy> lossPolicies) {
    /** 1024 partitions with one backup, and 64 replicated ones; moves begin after a second; what is lost is reset. */
    public static final ControllerSettings STANDARD = new ControllerSettings(
            PartitionLayout.STANDARD, Redundancy.backups(1), 1_000_000_000L, 32, List.of(LossPolicy.RESET));

    /**
     * Checks the ranges, and puts the policies in order.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public ControllerSettings {
        if (settleNanos < 0) {
            throw new IllegalArgumentException("settleNanos: " + settleNanos + " (expected: at least 0)");
        }
        if (joinsPerMember < 1) {
            throw new IllegalArgumentException("joinsPerMember: " + joinsPerMember + " (expected: at least 1)");
        }
        lossPolicies = List.copyOf(new TreeSet<>(lossPolicies));
        if (lossPolicies.isEmpty()) {
            throw new IllegalArgumentException("lossPolicies: none (expected: at least one)");
        }
    }
}
