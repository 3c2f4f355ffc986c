package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.contestant.Contestant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures clusters of three processes, one after the other. For one thread. */
public final class ClusterMeasurement {
    private final StartedProcesses processes;
    private final ClusterEffort effort;
    private final List<String> jvmOptions;
    private final Path workDirectory;
    private int clusters;

    /** Serves all clusters that need one, each by a place of its own; started for the first of them. */
    private @Nullable ZooKeeperProcess zooKeeper;

    /**
     * Prepares measurements.
     *
     * @param processes which ends what is left if the run is interrupted
     * @param jvmOptions for every member
     * @param workDirectory an existing directory for what members log and leave
     */
    public ClusterMeasurement(
            StartedProcesses processes, ClusterEffort effort, List<String> jvmOptions, Path workDirectory) {
        this.processes = processes;
        this.effort = effort;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.workDirectory = workDirectory;
    }

    /** Hears of each cell of {@link #speed} as it is done. */
    public interface SpeedListener {
        /** A cell was measured; there is at least one sample. */
        void measured(ClusterCell cell, List<SpeedSample> samples) throws IOException;

        /** A cell could not be measured, for a reason. */
        void failed(ClusterCell cell, String reason) throws IOException;
    }

    /**
     * Measures cells on one cluster of a contestant, in their order. After a failure the cluster is not asked again.
     *
     * @throws IOException if processes cannot be started, or the listener fails
     */
    public void speed(Contestant contestant, List<ClusterCell> cells, SpeedListener listener)
            throws IOException, InterruptedException {
        List<ClusterCell> left = new ArrayList<>(cells);
        try (Cluster cluster = Cluster.start(launcher(contestant))) {
            SpeedRun run = new SpeedRun(cluster, effort);
            while (!left.isEmpty()) {
                listener.measured(left.get(0), run.run(left.get(0)));
                left.remove(0);
            }
        } catch (ClusterFailure e) {
            for (ClusterCell cell : left) {
                listener.failed(cell, e.reason());
            }
        }
    }

    /**
     * Breaks a cluster of a contestant while it is written to.
     *
     * @throws ClusterFailure if the contestant cannot be measured
     * @throws IOException if processes cannot be started
     */
    public FaultSample fault(Contestant contestant, Fault fault)
            throws ClusterFailure, IOException, InterruptedException {
        try (Cluster cluster = Cluster.start(launcher(contestant))) {
            return new FaultRun(cluster, effort).run(fault);
        }
    }

    private MemberLauncher launcher(Contestant contestant) throws ClusterFailure, IOException, InterruptedException {
        clusters++;
        String name = "bench-%d-%d".formatted(ProcessHandle.current().pid(), clusters);
        int coordinationPort = contestant.needsZooKeeper() ? startedZooKeeper().port() : 0;
        return new MemberLauncher(processes, contestant, name, jvmOptions, workDirectory, coordinationPort);
    }

    private ZooKeeperProcess startedZooKeeper() throws ClusterFailure, IOException, InterruptedException {
        ZooKeeperProcess started = zooKeeper;
        if (started == null) {
            started = ZooKeeperProcess.start(processes, workDirectory);
            zooKeeper = started;
        }
        return started;
    }
}
