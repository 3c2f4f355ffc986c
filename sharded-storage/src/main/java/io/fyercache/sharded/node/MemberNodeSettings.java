package io.fyercache.sharded.node;

import io.fyercache.sharded.member.MemberSettings;
import io.fyercache.sharded.topology.Location;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What the process of a member is told.
 *
 * @param name what the operator calls it
 * @param location what it shares its fate with
 * @param bind where it listens; port 0 is any that is free
 * @param advertisedHost where others reach it
 * @param capacity how much it takes in proportion to other members
 * @param connections how it connects
 * @param leaveLimit how long it tries to hand over what it holds when it is closed, 0..{@link #LONGEST_LEAVE}
 * @param member what all members have in common
 */
public record MemberNodeSettings(
        String name,
        Location location,
        InetSocketAddress bind,
        String advertisedHost,
        int capacity,
        NodeConnections connections,
        Duration leaveLimit,
        MemberSettings member) {
    /** As long as a container is given to end, and time for 1.5 GB of copies. */
    public static final Duration DEFAULT_LEAVE = Duration.ofSeconds(30);

    /** A member that takes longer has nobody to give its copies to. */
    public static final Duration LONGEST_LEAVE = Duration.ofHours(1);

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public MemberNodeSettings {
        if (leaveLimit.isNegative() || leaveLimit.compareTo(LONGEST_LEAVE) > 0) {
            throw new IllegalArgumentException(
                    "leave limit: " + leaveLimit + " (expected: PT0S.." + LONGEST_LEAVE + ")");
        }
    }
}
