package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Companion;
import io.fyercache.benchmarks.contestant.Contestant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Measures clusters of three processes, one after the other. For one thread. */
public final class ClusterMeasurement {
    private final StartedProcesses processes;
    private final ClusterEffort effort;
    private final List<String> jvmOptions;
    private final Path workDirectory;
    private int clusters;

    /** Serve all clusters that need one, each by a place of its own; started for the first of them. */
    private final Map<Companion, CompanionProcess> companions = new EnumMap<>(Companion.class);

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
     * Measures cells of one form on one cluster of a contestant, in their order. If it fails at an operation, the cells of that operation have failed,
     * and the others that are left are measured on a new cluster, of which it is not asked.
     *
     * @param cells of that form, at least one
     * @throws IOException if processes cannot be started, or the listener fails
     */
    public void speed(Contestant contestant, List<ClusterCell> cells, SpeedListener listener)
            throws IOException, InterruptedException {
        List<ClusterCell> left = new ArrayList<>(cells);
        while (!left.isEmpty()) {
            try (Cluster cluster =
                    Cluster.start(launcher(contestant, cells.get(0).form()))) {
                SpeedRun run = new SpeedRun(cluster, effort, operations(left));
                while (!left.isEmpty()) {
                    listener.measured(left.get(0), run.run(left.get(0)));
                    left.remove(0);
                }
            } catch (OperationFailure e) {
                fail(left, cell -> cell.operation() == e.operation(), e, listener);
            } catch (ClusterFailure e) {
                fail(left, cell -> true, e, listener);
            }
        }
    }

    private static Set<ClusterOperation> operations(List<ClusterCell> cells) {
        return cells.stream().map(ClusterCell::operation).collect(Collectors.toSet());
    }

    private static void fail(
            List<ClusterCell> left, Predicate<ClusterCell> failed, ClusterFailure failure, SpeedListener listener)
            throws IOException {
        for (ClusterCell cell : left.stream().filter(failed).toList()) {
            listener.failed(cell, failure.reason());
        }
        left.removeIf(failed);
    }

    /**
     * Breaks a cluster of a contestant while it is written to.
     *
     * @throws ClusterFailure if the contestant cannot be measured
     * @throws IOException if processes cannot be started
     */
    public FaultSample fault(Contestant contestant, Fault fault)
            throws ClusterFailure, IOException, InterruptedException {
        try (Cluster cluster = Cluster.start(launcher(contestant, CacheForm.PARTITIONED))) {
            return new FaultRun(cluster, effort).run(fault);
        }
    }

    /**
     * Measures how soon members of a contestant hear of what others change.
     *
     * @throws ClusterFailure if the contestant cannot be measured
     * @throws IOException if processes cannot be started
     */
    public List<ChangeSample> changes(Contestant contestant, ChangeCell cell)
            throws ClusterFailure, IOException, InterruptedException {
        try (Cluster cluster = Cluster.start(launcher(contestant, cell.form()))) {
            return new ChangeRun(cluster, effort).run();
        }
    }

    private MemberLauncher launcher(Contestant contestant, CacheForm asked)
            throws ClusterFailure, IOException, InterruptedException {
        clusters++;
        String name = "bench-%d-%d".formatted(ProcessHandle.current().pid(), clusters);
        CacheForm form = contestant.measuredAs(asked);
        Map<Companion, Integer> ports = new EnumMap<>(Companion.class);
        for (Companion companion : contestant.companions(form)) {
            ports.put(companion, portOf(companion));
        }
        return new MemberLauncher(processes, contestant, form, name, jvmOptions, workDirectory, ports);
    }

    private int portOf(Companion companion) throws ClusterFailure, IOException, InterruptedException {
        CompanionProcess started = companions.get(companion);
        if (started == null) {
            started = CompanionProcess.start(processes, companion, workDirectory);
            companions.put(companion, started);
        }
        return started.port();
    }
}
