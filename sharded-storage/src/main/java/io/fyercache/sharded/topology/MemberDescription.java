package io.fyercache.sharded.topology;

import java.util.UUID;

/**
 * What a member says of itself: the content of its znode. It does not know its own incarnation, which is the birth of that
 * znode; the two together are a {@link Member}.
 *
 * @param id drawn anew at each start, so that a restart need not wait for the znode of the life before
 * @param nodeName what the operator calls it, 1..{@value #MAX_NODE_NAME_LENGTH} printable characters
 * @param location what it shares its fate with
 * @param dataAddress where it is reached
 * @param capacity how much it takes in proportion to other members, 1..{@value #MAX_CAPACITY}
 * @param protocolVersions what it speaks
 */
public record MemberDescription(
        UUID id,
        String nodeName,
        Location location,
        DataAddress dataAddress,
        int capacity,
        ProtocolVersions protocolVersions) {
    /** Characters: what fits into a line of a log. */
    public static final int MAX_NODE_NAME_LENGTH = 128;

    /** The capacity of members that were told nothing; others may be a hundredth or a hundredfold of them. */
    public static final int DEFAULT_CAPACITY = 100;

    /** A hundredfold of the default. */
    public static final int MAX_CAPACITY = 10_000;

    /** Checks name and capacity. */
    public MemberDescription {
        Expected.text("node name", nodeName, 1, MAX_NODE_NAME_LENGTH);
        Expected.inRange("capacity", capacity, 1, MAX_CAPACITY);
    }
}
