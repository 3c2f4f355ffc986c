package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
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
    @Tag("nightly")
    void membersRestartOneAfterTheOther_noOperationFails_andCountersAreExact() throws IOException {
        restart(ProcessCluster::startAgain, "rolling-restart");
    }

    /** In between, members of both releases are in one cluster; so are they with the client, which is of this one. */
    @Test
    void membersRestartAsTheNextRelease_oneAfterTheOther_noOperationFails_andCountersAreExact(@TempDir Path release)
            throws IOException {
        Path classes = NextRelease.classes(release);
        List<List<ProtocolVersions>> spoken = new ArrayList<>();

        restart(
                (cluster, seat) -> {
                    ProcessCluster.await("the end of it", () -> cluster.spoken().size() < ProcessCluster.MEMBERS);
                    spoken.add(cluster.spoken());
                    cluster.startAgain(seat, classes);
                },
                "rolling-upgrade");

        ProtocolVersions present = ProtocolVersions.SPOKEN;
        assertThat(spoken)
                .as("what the others speak when one comes again")
                .containsExactly(
                        List.of(present, present),
                        List.of(present, NextRelease.SPOKEN),
                        List.of(NextRelease.SPOKEN, NextRelease.SPOKEN));
    }

    /** How a member that has ended comes again. */
    private interface Start {
        void at(ProcessCluster cluster, int seat);
    }

    private void restart(Start start, String figures) throws IOException {
        try (ProcessCluster cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.DIRECT)) {
            Counters counters = new Counters(cluster.cache("counters", Long.class), PARTITIONS);
            cluster.awaitBalanced();
            Load load = Load.start(PARTITIONS, 1, PAUSE, () -> counters);
            FigureReport report = new FigureReport(figures);
            try (load) {
                load.awaitAnswers(ANSWERS);
                long beganNanos = System.nanoTime();
                for (int seat = 0; seat < ProcessCluster.MEMBERS; seat++) {
                    assertThat(cluster.partitionsOf(seat)).isNotEmpty();
                    cluster.member(seat).stop();
                    assertThat(cluster.partitionsOf(seat))
                            .as("what member %s leads that has ended", seat)
                            .isEmpty();
                    start.at(cluster, seat);
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
