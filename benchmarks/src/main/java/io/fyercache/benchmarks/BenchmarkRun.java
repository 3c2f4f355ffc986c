package io.fyercache.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.hitratio.HitRatioComparison;
import io.fyercache.benchmarks.hitratio.Trace;
import io.fyercache.benchmarks.memory.MemoryMeasurement;
import io.fyercache.benchmarks.report.RunDescription;
import io.fyercache.benchmarks.result.CellResult;
import io.fyercache.benchmarks.result.HitRatio;
import io.fyercache.benchmarks.result.Outcome;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.result.Scale;
import io.fyercache.benchmarks.speed.SpeedCell;
import io.fyercache.benchmarks.speed.SpeedMeasurement;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import io.fyercache.benchmarks.workload.Dataset;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** Measures the cells of a plan one after the other, all contestants in turn within each cell, and reports after each. */
public final class BenchmarkRun {
    /** Fixed and equal for all, large enough that no contestant collects all the time; G1 since that is what servers get by default. */
    private static final List<String> JVM_OPTIONS = List.of("-Xms2g", "-Xmx2g", "-XX:+UseG1GC");

    /** Starting a JVM, opening a provider, checking and filling it, on average, in milliseconds: for the estimate only. */
    private static final long START_MILLIS = 3_000;

    private static final int EXIT_BAD_OPTION = 2;

    private final RunOptions options;
    private final PrintStream console;
    private final Path workDirectory;
    private final SpeedMeasurement speed;
    private final ResultFiles files;
    private final List<CellResult> cells = new ArrayList<>();
    private final List<HitRatio> hitRatios = new ArrayList<>();

    private BenchmarkRun(RunOptions options, PrintStream console) throws IOException {
        this.options = options;
        this.console = console;
        this.workDirectory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "logs-");
        this.speed = new SpeedMeasurement(options.effort(), JVM_OPTIONS, workDirectory);
        this.files = new ResultFiles(options.results(), describe(options));
    }

    /**
     * Runs the benchmarks; see {@link RunOptions}. Ends with code 0 when every cell was run, whatever the numbers, and 2 for a bad option.
     */
    public static void main(String... arguments) throws IOException, RunnerException {
        RunOptions options;
        try {
            options = RunOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_BAD_OPTION);
            return;
        }
        BenchmarkRun run = new BenchmarkRun(options, System.out);
        // JMH repeats on its own streams whatever the measured JVMs print.
        try (PrintStream peers =
                new PrintStream(Files.newOutputStream(run.workDirectory.resolve("peers.log")), true, UTF_8)) {
            System.setOut(peers);
            System.setErr(peers);
            run.run();
        } finally {
            System.setOut(run.console);
        }
    }

    private static RunDescription describe(RunOptions options) {
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add("Options of every measured JVM: " + String.join(" ", JVM_OPTIONS));
        facts.add(
                "Speed: medians of %d samples (%d forks of %d iterations of %d ms after %d to warm up), contestants in turn; ± is half the spread of the middle half; caches of %d entries"
                        .formatted(
                                options.effort().samples(),
                                options.effort().forks(),
                                options.effort().iterations(),
                                options.effort().iterationMillis(),
                                options.effort().warmups(),
                                Dataset.ENTRIES));
        facts.addAll(options.facts());
        return new RunDescription(String.valueOf(options.results().getFileName()), facts, options.caveats());
    }

    private void run() throws IOException, RunnerException {
        Plan plan = options.plan();
        console.printf(
                "%d cells, %d contestants, about %d minutes; logs in %s%n",
                plan.size(), options.contestants().size(), estimateMinutes(), workDirectory);
        for (Trace trace : plan.traces()) {
            hitRatio(trace);
        }
        for (Store store : plan.stores()) {
            memory(store);
        }
        for (SpeedCell cell : plan.speeds()) {
            speed(cell);
        }
        console.println("Report: " + options.results().resolve("report.md"));
    }

    private long estimateMinutes() {
        long forkMillis = START_MILLIS + options.effort().forkMillis();
        long speedForks =
                (long) options.plan().speeds().size() * options.effort().forks();
        long memoryForks =
                (long) options.plan().stores().size() * options.effort().forks();
        long millis = options.contestants().size() * (speedForks * forkMillis + memoryForks * 2 * START_MILLIS);
        return Math.max(1, millis / 60_000);
    }

    private void hitRatio(Trace trace) throws IOException {
        if (!options.contestants().contains(Contestant.FYERCACHE)) {
            return;
        }
        for (HitRatio ratio : HitRatioComparison.replay(trace)) {
            hitRatios.add(ratio);
            console.printf(
                    Locale.ROOT,
                    "hit ratio of %s at %d entries: fyercache %.2f %%, caffeine-raw %.2f %%%n",
                    ratio.trace(),
                    ratio.bound(),
                    ratio.oursPercent(),
                    ratio.caffeinePercent());
        }
        write();
    }

    private void memory(Store store) throws IOException {
        CellResult cell = begin(Plan.id(store), Scale.BYTES_PER_ENTRY);
        for (int round = 0; round < options.effort().forks(); round++) {
            for (Contestant contestant : Rotation.startingAt(round, options.contestants())) {
                note(cell, contestant, MemoryMeasurement.weigh(contestant, store, JVM_OPTIONS, workDirectory));
            }
        }
        write();
    }

    private void speed(SpeedCell planned) throws IOException, RunnerException {
        CellResult cell = begin(planned.id(), Scale.OPERATIONS_PER_MICROSECOND);
        for (int round = 0; round < options.effort().forks(); round++) {
            for (Contestant contestant : Rotation.startingAt(cells.size() + round, options.contestants())) {
                note(cell, contestant, speed.fork(planned, contestant));
            }
        }
        write();
    }

    private void write() throws IOException {
        files.write(cells, hitRatios);
        speed.writeRaw(options.results().resolve("jmh.json"));
    }

    private CellResult begin(String id, Scale scale) {
        CellResult cell = new CellResult(id, scale);
        cells.add(cell);
        console.printf(
                "%s [%d of %d]%n",
                id,
                cells.size() + options.plan().traces().size(),
                options.plan().size());
        return cell;
    }

    private void note(CellResult cell, Contestant contestant, Outcome outcome) {
        cell.add(contestant, outcome);
        String text = outcome instanceof Measured measured
                ? String.format(
                        Locale.ROOT, "%.3f %s", measured.median(), cell.scale().unit())
                : outcome instanceof NotAvailable gap ? "n/a: " + gap.reason() : "";
        console.printf("  %-14s %s%n", contestant.id(), text);
    }
}
