package io.fyercache.testkit.transport;

import io.fyercache.testkit.contract.TransportContract;
import io.fyercache.testkit.contract.TransportFixture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract in virtual time: where messages are quick, and where some are slow. */
@ParameterizedClass
@MethodSource("worlds")
class SimulatedTransportContractTest extends TransportContract {
    private static final int SEEDS = 20;

    /** Not as slow as a connection may take to be made. */
    private static final NetworkFaults SLOW = new NetworkFaults(0, 20, 20_000_000);

    @Parameter(0)
    private long seed;

    @Parameter(1)
    private NetworkFaults faults;

    static Stream<Arguments> worlds() {
        return Stream.concat(
                Stream.of(Arguments.of(0L, NetworkFaults.NONE)),
                LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(seed, SLOW)));
    }

    @Override
    protected TransportFixture start() {
        return new SimulatedTransports(seed, faults);
    }
}
