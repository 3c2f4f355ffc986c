package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.workload.CacheShape;
import io.fyercache.benchmarks.workload.Dataset;
import io.fyercache.benchmarks.workload.ValueKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What both kinds of benchmark share: the parameters, the data, and the proof that the cell was what its name says. */
@State(Scope.Benchmark)
public class CellState {
    /** The system property that names the file for the reason why a contestant cannot be measured. */
    static final String REASON_FILE = "fyercache.benchmarks.reason";

    /** JMH wants a default; {@link SpeedMeasurement} sets all of these. */
    @Param("FYERCACHE")
    public Contestant contestant = Contestant.FYERCACHE;

    @Param("VALUE")
    public CacheShape.Store store = CacheShape.Store.VALUE;

    @Param("STRING")
    public ValueKind value = ValueKind.STRING;

    @Param("OFF")
    public CacheShape.Statistics statistics = CacheShape.Statistics.OFF;

    @Param("ETERNAL")
    public CacheShape.Expiry expiry = CacheShape.Expiry.ETERNAL;

    private @Nullable Dataset dataset;

    CacheShape shape() {
        return new CacheShape(store, value, statistics, expiry);
    }

    Dataset dataset() {
        if (dataset == null) {
            dataset = new Dataset(value);
        }
        return dataset;
    }

    /** Runs a step of set-up or tear-down; if it fails, leaves the reason for the parent JVM. */
    static void reporting(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            String file = System.getProperty(REASON_FILE);
            if (file != null) {
                leave(
                        Path.of(file),
                        e instanceof NotMeasurableException ? String.valueOf(e.getMessage()) : e.toString());
            }
            throw e;
        }
    }

    private static void leave(Path file, String reason) {
        try {
            Files.writeString(file, reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that every entry is there with the value it was filled with. */
    void verifyFilled(IntFunction<@Nullable Object> valueAt) {
        for (int i = 0; i < Dataset.ENTRIES; i++) {
            NotMeasurableException.unless(
                    dataset().initial(i).equals(valueAt.apply(i)), "lost entries while %d were put", Dataset.ENTRIES);
        }
    }

    /**
     * Makes the entries as old as those of a cache in use are. A store into an old object costs more than into a young one, as the collector
     * must hear of it; whether the entries are old by the time they are measured must not depend on how much garbage the contestant has
     * made until then.
     */
    static void age() {
        System.gc();
    }

    /**
     * Checks that every entry is still there after the run with a value that it was given, and that a writing operation left its value in the
     * entry that the first thread started with; a slow contestant does not get round to all of them.
     */
    void verifyWorked(Operation operation, IntFunction<@Nullable Object> valueAt) {
        boolean writes = operation == Operation.PUT || operation == Operation.INVOKE;
        for (int i = 0; i < Dataset.ENTRIES; i++) {
            Object found = valueAt.apply(i);
            NotMeasurableException.unless(found != null, "lost entries during the run");
            boolean written = found != null && dataset().isUpdate(i, found);
            boolean untouched = dataset().initial(i).equals(found);
            NotMeasurableException.unless(
                    written || (untouched && !(writes && i == 0)), "did not keep what %s wrote", operation.id());
        }
    }
}
