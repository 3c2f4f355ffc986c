package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.LimitMaps;
import io.fyercache.benchmarks.contestant.Role;
import io.fyercache.benchmarks.result.Outcome;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.workload.CacheShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH, one fork at a time.
 *
 * <p>JMH's own loop runs all forks of one contestant before the next one's; here the caller chooses the order, so that a machine that slows
 * down slows all alike. A contestant that proves unable to have a shape is not started for that shape again. For one thread.
 */
public final class SpeedMeasurement {
    private final Effort effort;
    private final List<String> jvmOptions;
    private final Path workDirectory;
    private final List<RunResult> raw = new ArrayList<>();
    private final Map<Map.Entry<Contestant, CacheShape>, NotAvailable> unable = new HashMap<>();

    /**
     * Prepares measurements.
     *
     * @param jvmOptions for every forked JVM
     * @param workDirectory an existing directory for JMH's logs
     */
    public SpeedMeasurement(Effort effort, List<String> jvmOptions, Path workDirectory) {
        this.effort = effort;
        this.jvmOptions = jvmOptions;
        this.workDirectory = workDirectory;
    }

    /**
     * Runs one fork.
     *
     * @throws IOException if the work directory cannot be written
     * @throws RunnerException if JMH cannot run at all
     */
    public Outcome fork(SpeedCell cell, Contestant contestant) throws IOException, RunnerException {
        Map.Entry<Contestant, CacheShape> shape = Map.entry(contestant, cell.shape());
        NotAvailable known = unable.get(shape);
        if (known != null) {
            return known;
        }
        if (contestant.role() == Role.LIMIT
                && LimitMaps.lack(contestant, cell.shape()).isPresent()) {
            return new NotAvailable(LimitMaps.lack(contestant, cell.shape()).orElseThrow());
        }
        Outcome outcome = run(cell, contestant);
        if (outcome instanceof NotAvailable reason) {
            unable.put(shape, reason);
        }
        return outcome;
    }

    private Outcome run(SpeedCell cell, Contestant contestant) throws IOException, RunnerException {
        String name = cell.id().replace('/', '_') + "-" + contestant.id() + "-" + raw.size();
        Path reason = workDirectory.resolve(name + ".reason");
        Path log = workDirectory.resolve(name + ".log");
        Collection<RunResult> results =
                new Runner(options(cell, contestant, reason, log).build()).run();
        if (Files.exists(reason)) {
            return new NotAvailable(oneLine(Files.readString(reason)));
        }
        List<Double> samples = results.stream()
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        if (samples.isEmpty()) {
            return new NotAvailable("the forked JVM gave no result, see " + log.getFileName());
        }
        raw.addAll(results);
        return new Measured(samples);
    }

    private ChainedOptionsBuilder options(SpeedCell cell, Contestant contestant, Path reason, Path log) {
        Class<?> benchmark = contestant.role() == Role.LIMIT ? LimitBenchmark.class : ProviderBenchmark.class;
        CacheShape shape = cell.shape();
        String[] jvmArguments = Stream.of(
                        jvmOptions.stream(),
                        contestant.jvmOptions().stream(),
                        Stream.of("-D" + CellState.REASON_FILE + "=" + reason.toAbsolutePath()))
                .flatMap(options -> options)
                .toArray(String[]::new);
        return new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\."
                        + cell.operation().id() + "$")
                .param("contestant", contestant.name())
                .param("store", shape.store().name())
                .param("value", shape.value().name())
                .param("statistics", shape.statistics().name())
                .param("expiry", shape.expiry().name())
                .threads(cell.threads())
                .forks(1)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.iterationMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
                .jvmArgs(jvmArguments)
                .shouldFailOnError(false)
                .verbosity(VerboseMode.NORMAL)
                .output(log.toString());
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("no reason given");
    }

    /** Writes everything measured so far in JMH's JSON format: one element per fork, in the order they ran. */
    public void writeRaw(Path file) {
        ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(raw);
    }
}
