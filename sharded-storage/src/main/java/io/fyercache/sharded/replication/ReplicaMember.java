package io.fyercache.sharded.replication;

import io.fyercache.sharded.topology.Incarnation;

/**
 * What all replicas of a member have in common.
 *
 * @param self the member, in this life
 * @param agreements what it has agreed upon with the other members, and may change at any time
 * @param pace of the copies that leave it
 */
public record ReplicaMember(
        Incarnation self,
        ReplicaHost host,
        ProtocolTimes times,
        ReplicationLimits limits,
        Rules rules,
        MemberLeases agreements,
        CopyPace pace) {}
