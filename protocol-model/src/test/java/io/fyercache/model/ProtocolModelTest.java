package io.fyercache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fyercache.model.ModelRun.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the model: each file of {@code docs/model/runs} is a test. */
@Execution(ExecutionMode.CONCURRENT)
class ProtocolModelTest {
    /** A run of a build takes seconds; this leaves room for a machine that is busy. */
    private static final Duration LIMIT_OF_A_BUILD = Duration.ofMinutes(5);

    /** A nightly run takes minutes. */
    private static final Duration LIMIT_OF_A_NIGHT = Duration.ofMinutes(40);

    private final Path folder = Path.of(System.getProperty("model.folder")).normalize();
    private final ModelChecker checker = new ModelChecker(folder, Path.of(System.getProperty("model.output")));

    @TestFactory
    Stream<DynamicTest> run_comesOutAsItsFileSays() throws IOException {
        return runs(Schedule.VERIFY, LIMIT_OF_A_BUILD);
    }

    @TestFactory
    @Tag("nightly")
    Stream<DynamicTest> longRun_comesOutAsItsFileSays() throws IOException {
        return runs(Schedule.NIGHTLY, LIMIT_OF_A_NIGHT);
    }

    private Stream<DynamicTest> runs(Schedule schedule, Duration limit) throws IOException {
        List<ModelRun> runs = ModelRun.readAll(folder.resolve("runs")).stream()
                .filter(run -> run.schedule() == schedule)
                .toList();
        assertThat(runs).as("runs of " + schedule).isNotEmpty();
        return runs.stream().map(run -> dynamicTest(run.name(), run.file().toUri(), () -> check(run, limit)));
    }

    private void check(ModelRun run, Duration limit) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        CheckerReport report = checker.check(run, limit);
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);

        System.out.printf("%-28s %-50s %5.1f s%n", run.name(), run.expectation(), took.toMillis() / 1000.0);
        assertThat(run.expectation().faults(report))
                .as("run " + run.name() + "; TLC said " + checker.output().resolve(run.name() + ".out"))
                .isEmpty();
    }
}
