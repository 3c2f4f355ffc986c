package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.process.FigureReport.Aim;
import io.fyercache.testkit.process.FigureReport.Of;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two members come to three, and leave again, while processors count in all partitions and large values have to move. */
class RebalanceTest {
    private static final int PARTITIONS = 32;
    private static final List<Integer> ALL =
            IntStream.range(0, PARTITIONS).boxed().toList();
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int ANSWERS = 20;
    private static final int COMING = 2;
    private static final int VALUE_BYTES = 16 << 10;
    private static final double NANOS_PER_SECOND = 1e9;

    /** What callers are to wait for a partition that changes hands, and those of others are not. */
    private static final Aim HAND_OVER = new Aim(Of.P99, 50);

    private static final double MEGABYTE = 1e6;

    @TempDir
    private Path folder;

    @Test
    void membersComeAndGo_countersAreExact_andCopiesAreNeverFewer() throws IOException {
        comeAndGo("rebalance", 4 << 20);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void membersComeAndGo_withMuchToMove() throws IOException {
        comeAndGo("rebalance-64MB", 64 << 20);
    }

    private void comeAndGo(String name, int bytes) throws IOException {
        try (ProcessCluster cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.DIRECT)) {
            fill(cluster.cache("values", byte[].class), bytes);
            Counters counters = new Counters(cluster.cache("counters", Long.class), PARTITIONS);
            cluster.awaitBalanced();
            cluster.table().fewestCopiesLately();
            Load load = Load.start(PARTITIONS, 1, PAUSE, () -> counters);
            FigureReport report = new FigureReport(name);
            try (load) {
                load.awaitAnswers(ANSWERS);
                long comeNanos = System.nanoTime();
                cluster.launch(COMING);
                cluster.awaitJoined();
                long joinedNanos = System.nanoTime();
                List<Long> epochsBefore = cluster.table().epochs();
                cluster.awaitBalanced();
                long spreadNanos = System.nanoTime();
                int copies = cluster.copiesAt(ProcessCluster.MEMBERS);
                List<Long> epochsBetween = cluster.table().epochs();
                load.awaitAnswers(ANSWERS);
                long goNanos = System.nanoTime();
                cluster.leaveLast();
                cluster.leaveLast();
                cluster.awaitBalanced();
                long goneNanos = System.nanoTime();
                List<Long> epochsAfter = cluster.table().epochs();
                load.awaitAnswers(ANSWERS);
                AnswerTimes answers = load.answers();
                report.times(
                                "longest pause of a partition while members come",
                                answers.longestGapsNanos(ALL, comeNanos, goNanos))
                        .times(
                                "longest pause of a partition while members leave",
                                answers.longestGapsNanos(ALL, goNanos, goneNanos))
                        .times(
                                "longest wait for a partition that moved as members came",
                                answers.longestDurationsNanos(
                                        moved(epochsBefore, epochsBetween), joinedNanos, spreadNanos),
                                HAND_OVER)
                        .times(
                                "longest wait for another partition as members came",
                                answers.longestDurationsNanos(
                                        others(epochsBefore, epochsBetween), joinedNanos, spreadNanos))
                        .times(
                                "longest wait for a partition that moved as members left",
                                answers.longestDurationsNanos(moved(epochsBetween, epochsAfter), goNanos, goneNanos),
                                HAND_OVER)
                        .times(
                                "longest wait for another partition as members left",
                                answers.longestDurationsNanos(others(epochsBetween, epochsAfter), goNanos, goneNanos))
                        .times("from the last join until all copies moved", List.of(spreadNanos - joinedNanos))
                        .number(
                                "MB/s copied to those who come, from the last join on",
                                (double) bytes
                                        * copies
                                        / PARTITIONS
                                        / MEGABYTE
                                        / ((spreadNanos - joinedNanos) / NANOS_PER_SECOND))
                        .times("until two members have left, one after the other", List.of(goneNanos - goNanos));
            }
            assertThat(load.failures()).isEmpty();
            assertThat(cluster.table().fewestCopiesLately()).isEqualTo(ProcessCluster.COPIES);
            assertThat(cluster.status().fewestCopies()).isEqualTo(ProcessCluster.COPIES);
            counters.check();
            report.publish();
        }
    }

    /** Returns the partitions that another member leads since. */
    private static List<Integer> moved(List<Long> epochsBefore, List<Long> epochsAfter) {
        return ALL.stream()
                .filter(partition -> epochsAfter.get(partition) > epochsBefore.get(partition))
                .toList();
    }

    private static List<Integer> others(List<Long> epochsBefore, List<Long> epochsAfter) {
        List<Integer> moved = moved(epochsBefore, epochsAfter);
        return ALL.stream().filter(partition -> !moved.contains(partition)).toList();
    }

    private static void fill(Cache<String, byte[]> values, int bytes) {
        Random random = new Random(bytes);
        for (int i = 0; i < bytes / VALUE_BYTES; i++) {
            byte[] value = new byte[VALUE_BYTES];
            random.nextBytes(value);
            values.put("value-" + i, value);
        }
    }
}
