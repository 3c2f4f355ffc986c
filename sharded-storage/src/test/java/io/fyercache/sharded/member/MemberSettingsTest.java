package io.fyercache.sharded.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.sharded.controller.ControllerSettings;
import io.fyercache.sharded.controller.HearingTimes;
import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.replication.ProtocolTimes;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberSettingsTest {
    private static final ProtocolTimes FOR_EVER = new ProtocolTimes(
            ProtocolTimes.STANDARD.leaseNanos(),
            ProtocolTimes.UNLIMITED,
            ProtocolTimes.STANDARD.resendNanos(),
            ProtocolTimes.STANDARD.clockMillis());

    private static MemberSettings unlimited(LossPolicy... policies) {
        return new MemberSettings(
                FOR_EVER,
                HearingTimes.STANDARD,
                new ControllerSettings(PartitionLayout.spread(4), Redundancy.backups(1), 0, 1, List.of(policies)),
                ReplicationLimits.STANDARD,
                Rules.ALL);
    }

    @Test
    void graceWithoutEnd_isForCachesThatFailOnly() {
        assertThat(unlimited(LossPolicy.FAIL).protocolTimes().outlastNanos(false))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(FOR_EVER.outlastNanos(true)).isEqualTo(ProtocolTimes.STANDARD.outlastNanos(true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unlimited(LossPolicy.FAIL, LossPolicy.RESET))
                .withMessage("graceNanos: unlimited, with lossPolicies [RESET, FAIL]"
                        + " (expected: a limited grace, or FAIL as the only policy)");
        assertThatIllegalArgumentException().isThrownBy(() -> unlimited(LossPolicy.RESET_NOW));
    }

    @Test
    void noPolicyAtAll_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unlimited())
                .withMessage("lossPolicies: none (expected: at least one)");
    }
}
