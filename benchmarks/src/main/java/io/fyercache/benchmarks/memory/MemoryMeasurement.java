package io.fyercache.benchmarks.memory;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.ContestantJvm;
import io.fyercache.benchmarks.result.Outcome;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.workload.CacheShape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Weighs one contestant in a JVM of its own. */
public final class MemoryMeasurement {
    /** A million entries take seconds; a JVM that needs longer than this hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private MemoryMeasurement() {}

    /**
     * Bytes per entry.
     *
     * @param jvmOptions for the JVM, besides the contestant's own
     * @param workDirectory an existing directory for its log
     */
    public static Outcome weigh(
            Contestant contestant, CacheShape.Store store, List<String> jvmOptions, Path workDirectory) {
        Path log = workDirectory.resolve(
                "memory_%s-%s.log".formatted(store.name().toLowerCase(Locale.ROOT), contestant.id()));
        try {
            String line = ContestantJvm.run(
                    contestant, jvmOptions, MemoryProbe.class, List.of(contestant.name(), store.name()), log, LIMIT);
            return line.startsWith("n/a: ")
                    ? new NotAvailable(line.substring("n/a: ".length()))
                    : new Measured(List.of(Double.valueOf(line)));
        } catch (IOException | NumberFormatException e) {
            return new NotAvailable("no result: " + e.getMessage());
        }
    }
}
