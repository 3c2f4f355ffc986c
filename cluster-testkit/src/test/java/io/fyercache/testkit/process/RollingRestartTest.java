package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One member after the other ends as an operator lets it, and comes again, while processors count in all partitions. */
@Timeout(180)
class RollingRestartTest {
    private static final int PARTITIONS = 32;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int ANSWERS = 20;

    @TempDir
    private Path folder;

    @Test
    void membersRestartOneAfterTheOther_noOperationFails_andCountersAreExact() throws IOException {
        try (ProcessCluster cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.DIRECT)) {
            Counters counters = new Counters(cluster.cache("counters", Long.class), PARTITIONS);
            cluster.awaitBalanced();
            Load load = Load.start(PARTITIONS, 1, PAUSE, () -> counters);
            FigureReport report = new FigureReport("rolling-restart");
            try (load) {
                load.awaitAnswers(ANSWERS);
                long beganNanos = System.nanoTime();
                for (int seat = 0; seat < ProcessCluster.MEMBERS; seat++) {
                    assertThat(cluster.partitionsOf(seat)).isNotEmpty();
                    cluster.member(seat).stop();
                    assertThat(cluster.partitionsOf(seat))
                            .as("what member %s leads that has ended", seat)
                            .isEmpty();
                    cluster.startAgain(seat);
                    cluster.awaitJoined();
                    cluster.awaitBalanced();
                }
                load.awaitAnswers(ANSWERS);
                report.times(
                        "longest wait for a partition",
                        load.answers()
                                .longestDurationsNanos(
                                        IntStream.range(0, PARTITIONS).boxed().toList(),
                                        beganNanos,
                                        System.nanoTime()));
            }
            assertThat(load.failures()).isEmpty();
            counters.check();
            report.publish();
        }
    }
}
