package io.fyercache.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Contestant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
        MemberLauncher launcher = new MemberLauncher(
                processes,
                Contestant.HAZELCAST,
                CacheForm.PARTITIONED,
                "measured-in-test",
                JVM_OPTIONS,
                directory,
                Map.of());
        try (Cluster cluster = Cluster.start(launcher)) {
            SpeedRun speed = new SpeedRun(cluster, EFFORT, EnumSet.allOf(ClusterOperation.class));
            for (ClusterOperation operation : ClusterOperation.values()) {
                assertThat(speed.run(new ClusterCell(CacheForm.PARTITIONED, operation, 100, 4)))
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
        List<ClusterCell> cells = List.of(
                new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.GET, 100, 1),
                new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.PUT, 100, 1));
        Heard heard = new Heard();

        new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory).speed(Contestant.CAFFEINE, cells, heard);

        assertThat(heard.measured).isEmpty();
        assertThat(heard.failures).hasSize(cells.size()).containsOnly("caffeine forms no clusters");
    }

    @Test
    void speed_contestantWithoutCachesOfThatForm_failsWithTheReason() throws Exception {
        Heard heard = new Heard();

        new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory)
                .speed(
                        Contestant.INFINISPAN,
                        List.of(new ClusterCell(CacheForm.NEAR, ClusterOperation.GET, 100, 1)),
                        heard);

        assertThat(heard.failures).containsExactly("near caches are those of the clients of its server alone");
    }

    @Test
    void speed_clusterThatFailsAtAnOperation_isMeasuredWithoutIt() throws Exception {
        ClusterCell get = new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.GET, 100, 1);
        ClusterCell put = new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.PUT, 100, 1);
        ClusterCell putByMore = new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.PUT, 100, 4);
        ClusterCell invoke = new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.INVOKE, 100, 1);
        Heard heard = new Heard() {
            @Override
            public void measured(ClusterCell cell, List<SpeedSample> samples) {
                super.measured(cell, samples);
                if (cell.equals(get)) {
                    endMembers();
                }
            }
        };

        new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory)
                .speed(Contestant.HAZELCAST, List.of(get, put, putByMore, invoke), heard);

        assertThat(heard.measured).containsExactly(get, invoke);
        assertThat(heard.failed).containsExactly(put, putByMore);
    }

    private static void endMembers() {
        List<ProcessHandle> members = ProcessHandle.current().children().toList();
        members.forEach(ProcessHandle::destroyForcibly);
        members.forEach(member -> member.onExit().join());
    }

    /** By the transport of their cluster. */
    @Test
    void changes_ofOurs_areMeasured() throws Exception {
        List<ChangeSample> samples = new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory)
                .changes(Contestant.FYERCACHE, new ChangeCell(CacheForm.INVALIDATED));

        assertThat(samples).hasSize(EFFORT.samples()).allSatisfy(sample -> {
            assertThat(sample.p50Micros()).isPositive().isLessThanOrEqualTo(sample.p99Micros());
        });
    }

    /** With a database in a process of its own. */
    @Test
    void changes_ofEntities_ofOurs_areMeasured() throws Exception {
        List<ChangeSample> samples = new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory)
                .changes(Contestant.FYERCACHE, new ChangeCell(CacheForm.ENTITIES));

        assertThat(samples).hasSize(EFFORT.samples()).allSatisfy(sample -> {
            assertThat(sample.p50Micros()).isPositive().isLessThanOrEqualTo(sample.p99Micros());
        });
    }

    @Test
    void changes_ofEntities_ofWhoHasNoRegionFactory_failWithTheReason() {
        assertThatThrownBy(() -> new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory)
                        .changes(Contestant.INFINISPAN, new ChangeCell(CacheForm.ENTITIES)))
                .isInstanceOfSatisfying(
                        ClusterFailure.class,
                        failure -> assertThat(failure.reason()).contains("infinispan-hibernate-cache-v66"));
    }

    /** Each with entries of its own, and no companion. */
    @Test
    void speed_ofOurLocalCache_isMeasuredWhereReplicatedOnesAre() throws Exception {
        Heard heard = new Heard();

        new ClusterMeasurement(processes, EFFORT, JVM_OPTIONS, directory)
                .speed(
                        Contestant.FYERCACHE_LOCAL,
                        List.of(new ClusterCell(CacheForm.REPLICATED, ClusterOperation.GET, 100, 4)),
                        heard);

        assertThat(heard.failures).isEmpty();
        assertThat(heard.measured).hasSize(1);
    }

    private static class Heard implements ClusterMeasurement.SpeedListener {
        private final List<ClusterCell> measured = new ArrayList<>();
        private final List<ClusterCell> failed = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void measured(ClusterCell cell, List<SpeedSample> samples) {
            measured.add(cell);
        }

        @Override
        public void failed(ClusterCell cell, String reason) {
            failed.add(cell);
            failures.add(reason);
        }
    }
}
