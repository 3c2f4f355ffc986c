package io.fyercache.testkit.coordination;

import io.fyercache.testkit.contract.ClusterCoordinatorContract;
import io.fyercache.testkit.contract.CoordinationFixture;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract in virtual time: where all is well, and where servers lag and packets are slow. */
@ParameterizedClass
@MethodSource("worlds")
class FakeCoordinatorContractTest extends ClusterCoordinatorContract {
    private static final int SEEDS = 20;
    private static final ZooKeeperFaults SLOW = new ZooKeeperFaults(10, 20, 300_000_000, 0, 0, 0, 0);

    @Parameter(0)
    private long seed;

    @Parameter(1)
    private ZooKeeperFaults faults;

    static Stream<Arguments> worlds() {
        return Stream.concat(
                Stream.of(Arguments.of(0L, ZooKeeperFaults.NONE)),
                LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(seed, SLOW)));
    }

    @Override
    protected CoordinationFixture start() {
        return new FakeCoordination(seed, faults);
    }
}
