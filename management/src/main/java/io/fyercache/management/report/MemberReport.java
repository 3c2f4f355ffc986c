package io.fyercache.management.report;

/**
 * A member.
 *
 * @param incarnation which life of it this is
 * @param name what the operator calls it
 * @param self whether it is the process that tells this
 * @param address where others reach it
 * @param zone its rack or availability zone; empty if it has none
 * @param capacity how much it takes in proportion to other members
 * @param partitionsLed of which it is the primary
 * @param partitionsHeld that it has in sync, those that it leads included
 * @param partitionsJoining that are being copied to it
 */
public record MemberReport(
        long incarnation,
        String name,
        boolean self,
        String address,
        String host,
        String zone,
        int capacity,
        int partitionsLed,
        int partitionsHeld,
        int partitionsJoining) {}
