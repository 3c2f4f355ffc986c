package io.fyercache.benchmarks;

import io.fyercache.benchmarks.hitratio.Trace;
import io.fyercache.benchmarks.speed.Operation;
import io.fyercache.benchmarks.speed.SpeedCell;
import io.fyercache.benchmarks.workload.CacheShape;
import io.fyercache.benchmarks.workload.CacheShape.Expiry;
import io.fyercache.benchmarks.workload.CacheShape.Statistics;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import io.fyercache.benchmarks.workload.ValueKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The cells of a run.
 *
 * @param traces for the hit ratio
 * @param stores for the bytes per entry
 * @param speeds in the order they run
 */
record Plan(List<Trace> traces, List<Store> stores, List<SpeedCell> speeds) {
    private static final int[] THREADS = {1, 2};

    Plan {
        traces = List.copyOf(traces);
        stores = List.copyOf(stores);
        speeds = List.copyOf(speeds);
    }

    /**
     * The whole matrix: get, put and invoke in every shape; Zipf and getAll with statistics off and no expiry. By reference the kind of value
     * makes no difference, so there it is always the POJO.
     */
    static Plan full() {
        List<SpeedCell> speeds = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            boolean everyShape =
                    EnumSet.of(Operation.GET, Operation.PUT, Operation.INVOKE).contains(operation);
            for (CacheShape shape : everyShape ? shapes(Statistics.values(), Expiry.values()) : plainShapes()) {
                for (int threads : THREADS) {
                    speeds.add(new SpeedCell(operation, shape, threads));
                }
            }
        }
        return new Plan(List.of(Trace.values()), List.of(Store.values()), speeds);
    }

    /** One cell for each thing that costs: about six minutes. */
    static Plan quick() {
        Set<String> ids = Set.of(
                "get/reference/pojo/stats-off/eternal/1-thread",
                "get/value/string/stats-off/eternal/1-thread",
                "get/value/pojo/stats-off/eternal/1-thread",
                "put/value/string/stats-on/touched/2-threads",
                "put/value/pojo/stats-off/eternal/1-thread",
                "invoke/value/record/stats-off/eternal/1-thread");
        Plan full = full();
        return new Plan(
                List.of(Trace.WEB_07, Trace.WEB_12),
                List.of(Store.VALUE),
                full.speeds.stream().filter(cell -> ids.contains(cell.id())).toList());
    }

    private static List<CacheShape> plainShapes() {
        return shapes(new Statistics[] {Statistics.OFF}, new Expiry[] {Expiry.ETERNAL});
    }

    private static List<CacheShape> shapes(Statistics[] allStatistics, Expiry[] allExpiry) {
        List<CacheShape> shapes = new ArrayList<>();
        for (Statistics statistics : allStatistics) {
            for (Expiry expiry : allExpiry) {
                shapes.add(new CacheShape(Store.REFERENCE, ValueKind.POJO, statistics, expiry));
                Arrays.stream(ValueKind.values())
                        .map(kind -> new CacheShape(Store.VALUE, kind, statistics, expiry))
                        .forEach(shapes::add);
            }
        }
        return shapes;
    }

    /** The cells whose name a pattern is found in. */
    Plan matching(Pattern pattern) {
        Predicate<String> matches = pattern.asPredicate();
        return new Plan(
                traces.stream().filter(trace -> matches.test(id(trace))).toList(),
                stores.stream().filter(store -> matches.test(id(store))).toList(),
                speeds.stream().filter(cell -> matches.test(cell.id())).toList());
    }

    /** The name of a hit ratio cell. */
    static String id(Trace trace) {
        return "hit-ratio/" + trace.id();
    }

    /** The name of a memory cell. */
    static String id(Store store) {
        return store == Store.VALUE ? "memory/value" : "memory/reference";
    }

    /** How many cells there are. */
    int size() {
        return traces.size() + stores.size() + speeds.size();
    }
}
