package io.fyercache.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.Contestant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, of the peer that starts quickest, with as little effort as there can be. */
class ClusterMeasurementTest {
    private static final ClusterEffort EFFORT = new ClusterEffort(1, 200, 100, 1, 200, 1_000, 1_000);
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m");

    private final StartedProcesses processes = new StartedProcesses();

    @TempDir
    Path directory;

    @AfterEach
    void end() {
        processes.close();
    }

    @Test
    void clusterOfAPeer_isMeasuredAndThenLosesAMemberButNoWrite() throws Exception {
        MemberLauncher launcher =
                new MemberLauncher(processes, Contestant.HAZELCAST, "measured-in-test", JVM_OPTIONS, directory, 0);
        try (Cluster cluster = Cluster.start(launcher)) {
            SpeedRun speed = new SpeedRun(cluster, EFFORT);
            for (ClusterOperation operation : ClusterOperation.values()) {
                assertThat(speed.run(new ClusterCell(operation, 100, 4)))
                        .hasSize(EFFORT.samples())
                        .allSatisfy(sample -> {
                            assertThat(sample.operationsPerSecond()).isPositive();
                            assertThat(sample.p50Micros()).isPositive().isLessThanOrEqualTo(sample.p99Micros());
                            assertThat(sample.p99Micros()).isLessThanOrEqualTo(sample.p999Micros());
                        });
            }

            FaultSample fault = new FaultRun(cluster, EFFORT).run(Fault.KILL);

            assertThat(fault.beforePerSecond()).isPositive();
            assertThat(fault.windowMillis()).isPositive();
            assertThat(fault.lostWrites()).isZero();
        }
    }

    @Test
    void speed_contestantThatFormsNoCluster_failsEachCellWithTheReason() throws Exception {
        List<ClusterCell> cells =
                List.of(new ClusterCell(ClusterOperation.GET, 100, 1), new ClusterCell(ClusterOperation.PUT, 100, 1));
        Heard heard = new Heard();

        new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory).speed(Contestant.CAFFEINE, cells, heard);

        assertThat(heard.measured).isEmpty();
        assertThat(heard.failures)
                .hasSize(cells.size())
                .allMatch(reason -> reason.endsWith("caffeine forms no clusters"));
    }

    private static final class Heard implements ClusterMeasurement.SpeedListener {
        private final List<ClusterCell> measured = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void measured(ClusterCell cell, List<SpeedSample> samples) {
            measured.add(cell);
        }

        @Override
        public void failed(ClusterCell cell, String reason) {
            failures.add(reason);
        }
    }
}
