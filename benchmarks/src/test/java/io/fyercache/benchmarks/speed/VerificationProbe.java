package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.OpenProvider;
import io.fyercache.benchmarks.workload.CacheShape;
import io.fyercache.benchmarks.workload.CacheShape.Expiry;
import io.fyercache.benchmarks.workload.CacheShape.Statistics;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import io.fyercache.benchmarks.workload.ValueKind;
import java.util.List;
import java.util.stream.Collectors;

/** The main class of a JVM in which one contestant is opened and verified; prints what it has and what not. */
final class VerificationProbe {
    private static final List<CacheShape> SHAPES = List.of(
            new CacheShape(Store.REFERENCE, ValueKind.POJO, Statistics.OFF, Expiry.ETERNAL),
            new CacheShape(Store.VALUE, ValueKind.STRING, Statistics.OFF, Expiry.ETERNAL),
            new CacheShape(Store.VALUE, ValueKind.RECORD, Statistics.OFF, Expiry.ETERNAL),
            new CacheShape(Store.VALUE, ValueKind.POJO, Statistics.ON, Expiry.TOUCHED));

    private VerificationProbe() {}

    public static void main(String[] arguments) {
        Contestant contestant = Contestant.valueOf(arguments[0]);
        try (OpenProvider provider = contestant.open(ValueKind.POJO.type())) {
            String found = SHAPES.stream().map(shape -> verify(provider, shape)).collect(Collectors.joining("; "));
            System.out.println();
            System.out.println(found);
            // Closing may log after the last line, which is the result.
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static String verify(OpenProvider provider, CacheShape shape) {
        try {
            CacheVerification.verify(provider, shape);
            return shape.id() + ": has it";
        } catch (RuntimeException e) {
            return shape.id() + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }
}
