package io.fyercache.benchmarks;

import io.fyercache.benchmarks.cluster.ChangeCell;
import io.fyercache.benchmarks.cluster.ChangeSample;
import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.ClusterEffort;
import io.fyercache.benchmarks.cluster.ClusterFailure;
import io.fyercache.benchmarks.cluster.ClusterMeasurement;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.FaultSample;
import io.fyercache.benchmarks.cluster.SpeedSample;
import io.fyercache.benchmarks.cluster.StartedProcesses;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.report.RunDescription;
import io.fyercache.benchmarks.workload.SharedEntries;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures clusters of three processes, one contestant after the other in each round, and reports after each of them. If it is interrupted, it
 * ends all processes that it has started.
 */
public final class ClusterRun {
    /** Fixed and equal for all members, so large that nobody collects all the time, so small that four fit besides ZooKeeper. */
    private static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

    /** Starting a cluster and filling it, on two cores, in milliseconds: for the estimate only. */
    private static final long START_MILLIS = 6_000;

    private static final long MILLIS_PER_MINUTE = 60_000;

    private static final int EXIT_BAD_OPTION = 2;

    private final ClusterOptions options;
    private final PrintStream console;
    private final ResultFiles files;
    private final ClusterMeasurement measurement;
    private final ClusterResults results = new ClusterResults();

    private ClusterRun(ClusterOptions options, PrintStream console, StartedProcesses processes) throws IOException {
        this.options = options;
        this.console = console;
        Path workDirectory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "cluster-");
        console.println("Logs in " + workDirectory);
        this.files = new ResultFiles(options.results(), describe(options));
        this.measurement = new ClusterMeasurement(processes, options.effort(), JVM_OPTIONS, workDirectory);
    }

    /**
     * Runs the benchmarks; see {@link ClusterOptions}. Ends with code 0 when every cell was run, whatever the numbers, and 2 for a bad option.
     *
     * @param arguments a {@link ClusterSuite} by constant name, and the options of its run
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        ClusterOptions options;
        try {
            String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            options = ClusterOptions.parse(ClusterSuite.valueOf(arguments[0]), rest);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_OPTION);
            return;
        }
        try (StartedProcesses processes = new StartedProcesses()) {
            Runtime.getRuntime().addShutdownHook(new Thread(processes::close, "end of processes"));
            new ClusterRun(options, System.out, processes).run();
        }
    }

    private static RunDescription describe(ClusterOptions options) {
        ClusterEffort effort = options.effort();
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add(
                "Three members, each a JVM of its own on loopback with " + String.join(" ", JVM_OPTIONS)
                        + ", each of which runs a third of the threads; one backup, synchronous, unless the cell says otherwise");
        facts.add(
                "Speed: medians of %d samples (%d rounds of %d samples of %d ms after %d to warm up, in clusters that had worked for %d ms), contestants in turn; ± is half the spread of the middle half; %d entries, Long to byte[]"
                        .formatted(
                                effort.samplesInAll(),
                                effort.rounds(),
                                effort.samples(),
                                effort.sampleMillis(),
                                effort.warmUpMillis(),
                                effort.startMillis(),
                                SharedEntries.ENTRIES));
        if (!options.plan().faults().isEmpty()) {
            facts.add(
                    "Faults: medians of %d; two members write 64 keys, each every 20 ms, the third is killed, or stopped for 15 s, or a fourth joins; everything about faults is as by default"
                            .formatted(effort.rounds()));
        }
        if (!options.plan().changes().isEmpty()) {
            facts.add(
                    "Changes: from when one member's change begins until the other two have heard of it; entities are on a server of H2, in a process of its own");
        }
        facts.addAll(options.facts());
        return new RunDescription(String.valueOf(options.results().getFileName()), facts, options.caveats());
    }

    private void run() throws IOException, InterruptedException {
        console.printf(
                "%d cells, %d contestants, %d rounds, about %d minutes%n",
                options.plan().size(),
                options.contestants().size(),
                options.effort().rounds(),
                estimateMinutes());
        for (int round = 0; round < options.effort().rounds(); round++) {
            for (Contestant contestant : Rotation.startingAt(round, options.contestants())) {
                console.printf("%s, round %d%n", contestant.id(), round + 1);
                ClusterPlan plan = options.plan().of(contestant);
                for (CacheForm form : CacheForm.values()) {
                    speed(contestant, plan.speedsOf(form));
                }
                for (Fault fault : plan.faults()) {
                    fault(contestant, fault);
                }
                for (ChangeCell cell : plan.changes()) {
                    change(contestant, cell);
                }
            }
        }
        console.println("Report: " + options.results().resolve("report.md"));
    }

    private long estimateMinutes() {
        long millis = options.contestants().stream()
                .mapToLong(contestant -> millisOf(options.plan().of(contestant)))
                .sum();
        return Math.max(1, options.effort().rounds() * millis / MILLIS_PER_MINUTE);
    }

    private long millisOf(ClusterPlan plan) {
        ClusterEffort effort = options.effort();
        long newCluster = START_MILLIS + effort.startMillis();
        long faults = plan.faults().size() * (START_MILLIS + effort.beforeMillis() + effort.afterMillis());
        long stopped = plan.faults().contains(Fault.STOP) ? Fault.STOPPED.toMillis() : 0;
        long speeds = plan.forms() * newCluster + plan.speeds().size() * effort.cellMillis();
        long changes = plan.changes().size() * (newCluster + effort.cellMillis());
        return faults + stopped + speeds + changes;
    }

    private void speed(Contestant contestant, List<ClusterCell> cells) throws IOException, InterruptedException {
        if (cells.isEmpty()) {
            return;
        }
        measurement.speed(contestant, cells, new ClusterMeasurement.SpeedListener() {
            @Override
            public void measured(ClusterCell cell, List<SpeedSample> samples) {
                results.add(cell, contestant, samples);
                SpeedSample last = samples.get(samples.size() - 1);
                console.printf(
                        Locale.ROOT,
                        "  %-32s %9.0f op/s, p50 %.0f, p99 %.0f, p99.9 %.0f µs%n",
                        cell.id(),
                        last.operationsPerSecond(),
                        last.p50Micros(),
                        last.p99Micros(),
                        last.p999Micros());
            }

            @Override
            public void failed(ClusterCell cell, String reason) {
                results.addFailure(cell, contestant, reason);
                console.printf("  %-32s n/a: %s%n", cell.id(), reason);
            }
        });
        files.write(results.cells(), List.of());
    }

    private void change(Contestant contestant, ChangeCell cell) throws IOException, InterruptedException {
        try {
            List<ChangeSample> samples = measurement.changes(contestant, cell);
            results.add(cell, contestant, samples);
            ChangeSample last = samples.get(samples.size() - 1);
            console.printf(
                    Locale.ROOT, "  %-32s p50 %.0f, p99 %.0f µs%n", cell.id(), last.p50Micros(), last.p99Micros());
        } catch (ClusterFailure e) {
            results.addFailure(cell, contestant, e.reason());
            console.printf("  %-32s n/a: %s%n", cell.id(), e.reason());
        }
        files.write(results.cells(), List.of());
    }

    private void fault(Contestant contestant, Fault fault) throws IOException, InterruptedException {
        try {
            FaultSample sample = measurement.fault(contestant, fault);
            results.add(fault, contestant, sample);
            console.printf(
                    Locale.ROOT,
                    "  %-32s window %.0f ms, slowest %.0f ms, %.0f then %.0f then %.0f op/s, %d writes lost%n",
                    fault.id(),
                    sample.windowMillis(),
                    sample.slowestMillis(),
                    sample.beforePerSecond(),
                    sample.duringPerSecond(),
                    sample.afterPerSecond(),
                    sample.lostWrites());
        } catch (ClusterFailure e) {
            results.addFailure(fault, contestant, e.reason());
            console.printf("  %-32s n/a: %s%n", fault.id(), e.reason());
        }
        files.write(results.cells(), List.of());
    }
}
