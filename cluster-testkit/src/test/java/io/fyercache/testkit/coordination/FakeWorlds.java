package io.fyercache.testkit.coordination;

import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The virtual worlds that contracts hold in: where all is well, and where servers lag and packets are slow. */
final class FakeWorlds {
    private static final int SEEDS = 20;
    private static final ZooKeeperFaults SLOW = new ZooKeeperFaults(10, 20, 300_000_000, 0, 0, 0, 0);

    private FakeWorlds() {}

    static Stream<Arguments> all() {
        return Stream.concat(
                Stream.of(Arguments.of(0L, ZooKeeperFaults.NONE)),
                LongStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(seed, SLOW)));
    }
}
