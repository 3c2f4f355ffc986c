package io.fyercache.testkit.coordination;

import io.fyercache.testkit.contract.ClusterCoordinatorContract;
import io.fyercache.testkit.contract.CoordinationFixture;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of members in virtual time. */
@ParameterizedClass
@MethodSource("io.fyercache.testkit.coordination.FakeWorlds#all")
class FakeCoordinatorContractTest extends ClusterCoordinatorContract {
    @Parameter(0)
    private long seed;

    @Parameter(1)
    private ZooKeeperFaults faults;

    @Override
    protected CoordinationFixture start() {
        return new FakeCoordination(seed, faults);
    }
}
