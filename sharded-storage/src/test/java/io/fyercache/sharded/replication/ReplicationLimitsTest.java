package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReplicationLimitsTest {
    @Test
    void limit_outOfItsRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicationLimits(0, 1, 1, 1, 1, 1))
                .withMessageStartingWith("partBytes: 0 (expected: 1..");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicationLimits(Integer.MAX_VALUE, 1, 1, 1, 1, 1))
                .withMessageStartingWith("partBytes: 2147483647 (expected: 1..");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReplicationLimits(1, 1, 1, 1, 1, -1))
                .withMessageStartingWith("copyBytesPerSecond: -1 (expected: 1..");
    }
}
