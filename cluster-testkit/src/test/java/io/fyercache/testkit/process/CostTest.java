package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.process.MessageTally.Kind;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many messages operations take, counted on the connections of processes, and how many requests to ZooKeeper. */
class CostTest {
    private static final int PARTITIONS = 16;
    private static final int OPERATIONS = 2_000;

    /** An attempt that is not answered within half a second is sent again, so on a machine that stands still there are a few more. */
    private static final long MORE = OPERATIONS / 100;

    @TempDir
    private Path folder;

    @Test
    void operations_takeAsFewMessagesAsTheyCan_andNothingOfZooKeeper() {
        MessageTally tally = new MessageTally();
        try (ProcessCluster cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.BY_LINKS, tally::newEar)) {
            Cache<String, Long> cache = cluster.cache("numbers", Long.class);
            cluster.awaitBalanced();
            run(tally, i -> cache.put("key-" + i, i));
            long requestsBefore = cluster.zooKeeper().requests();

            // To the primary, from there to the backup, and back.
            run(tally, i -> cache.put("key-" + i, -i));
            assertCount(tally, Kind.CALL, OPERATIONS);
            assertCount(tally, Kind.PREPARE, OPERATIONS);
            assertCount(tally, Kind.ACKNOWLEDGE, OPERATIONS);
            assertCount(tally, Kind.REPLY, OPERATIONS);
            assertThat(tally.count(Kind.CONFIRM)).isLessThanOrEqualTo(MORE);

            // To the primary, and back: it has its leases.
            run(tally, i -> assertThat(cache.get("key-" + i)).isEqualTo(-i));
            assertCount(tally, Kind.CALL, OPERATIONS);
            assertCount(tally, Kind.REPLY, OPERATIONS);
            assertThat(tally.count(Kind.PREPARE)).isZero();
            assertThat(tally.count(Kind.ACKNOWLEDGE)).isZero();
            assertThat(tally.count(Kind.CONFIRM)).isLessThanOrEqualTo(MORE);

            // Signs of life and licences, some in a second: if one operation in twenty took a request, there would be
            // 200.
            assertThat(cluster.zooKeeper().requests() - requestsBefore).isLessThan(2 * OPERATIONS / 20);
        }
    }

    private static void run(MessageTally tally, LongConsumer operation) {
        tally.reset();
        for (long i = 0; i < OPERATIONS; i++) {
            operation.accept(i);
        }
    }

    private static void assertCount(MessageTally tally, Kind kind, long expected) {
        assertThat(tally.count(kind)).as("%s", kind).isBetween(expected, expected + MORE);
    }
}
