package io.fyercache.sharded.controller;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.sharded.placement.Redundancy;
import io.fyercache.sharded.replication.LossPolicy;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerSettingsTest {
    private static final List<LossPolicy> RESET = List.of(LossPolicy.RESET);

    @Test
    void number_outOfItsRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ControllerSettings(PartitionLayout.spread(8), Redundancy.backups(1), -1, 1, RESET))
                .withMessage("settleNanos: -1 (expected: at least 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ControllerSettings(PartitionLayout.spread(8), Redundancy.backups(1), 0, 0, RESET))
                .withMessage("joinsPerMember: 0 (expected: at least 1)");
    }
}
