package io.fyercache.sharded.member;

import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.controller.HearingTimes;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.replication.Rules;

/** What all members of a cluster have in common. */
public record MemberSettings(
        ProtocolTimes protocolTimes,
        HearingTimes hearingTimes,
        ControllerSettings controllerSettings,
        ReplicationLimits replicationLimits,
        Rules rules) {
    /** The settings of a cluster in production. */
    public static final MemberSettings STANDARD = new MemberSettings(
            ProtocolTimes.STANDARD,
            HearingTimes.STANDARD,
            ControllerSettings.STANDARD,
            ReplicationLimits.STANDARD,
            Rules.ALL);
}
