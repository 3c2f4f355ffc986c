package io.fyercache.sharded.member;

import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.controller.HearingTimes;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.replication.Rules;
import java.util.List;

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

    /**
     * Checks that they agree.
     *
     * @throws IllegalArgumentException if the grace has no end although some caches do not fail when a partition is lost: they would wait for
     *     ever, and nobody would be told to do something about it
     */
    public MemberSettings {
        if (protocolTimes.graceNanos() == ProtocolTimes.UNLIMITED
                && !controllerSettings.lossPolicies().equals(List.of(LossPolicy.FAIL))) {
            throw new IllegalArgumentException("graceNanos: unlimited, with lossPolicies "
                    + controllerSettings.lossPolicies() + " (expected: a limited grace, or " + LossPolicy.FAIL
                    + " as the only policy)");
        }
    }
}
