package io.fyercache.benchmarks;

import io.fyercache.benchmarks.cluster.ChangeCell;
import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The cells of a run of clusters.
 *
 * @param speeds in the order they run: the cache is filled anew when the size of the values changes
 * @param faults each with a cluster of its own
 * @param changes each with a cluster of its own
 */
record ClusterPlan(List<ClusterCell> speeds, List<Fault> faults, List<ChangeCell> changes) {
    private static final int[] VALUE_BYTES = {100, 1_024};
    private static final int[] THREADS = {1, 8, 32};

    ClusterPlan {
        speeds = List.copyOf(speeds);
        faults = List.copyOf(faults);
        changes = List.copyOf(changes);
    }

    /** The whole matrix of partitioned caches, and all faults. */
    static ClusterPlan full() {
        List<ClusterCell> speeds = new ArrayList<>();
        for (int valueBytes : VALUE_BYTES) {
            for (ClusterOperation operation : ClusterOperation.values()) {
                add(speeds, CacheForm.PARTITIONED, operation, valueBytes);
            }
        }
        return new ClusterPlan(speeds, List.of(Fault.values()), List.of());
    }

    /** What other forms of caches are for: reads of those that are replicated or read near, what replicas cost, and how soon others hear of a change. */
    static ClusterPlan topologies() {
        List<ClusterCell> speeds = new ArrayList<>();
        for (int valueBytes : VALUE_BYTES) {
            add(speeds, CacheForm.REPLICATED, ClusterOperation.GET, valueBytes);
            add(speeds, CacheForm.REPLICATED, ClusterOperation.PUT, valueBytes);
            add(speeds, CacheForm.NEAR, ClusterOperation.GET, valueBytes);
        }
        return new ClusterPlan(speeds, List.of(), List.of(new ChangeCell(CacheForm.INVALIDATED)));
    }

    /** How soon other session factories see what one has changed. */
    static ClusterPlan hibernate() {
        return new ClusterPlan(List.of(), List.of(), List.of(new ChangeCell(CacheForm.ENTITIES)));
    }

    /** What is left of the throughput of members that are asked for metrics and health all the time. */
    static ClusterPlan management() {
        List<ClusterCell> speeds = new ArrayList<>();
        for (ClusterOperation operation : List.of(ClusterOperation.GET, ClusterOperation.PUT)) {
            add(speeds, CacheForm.OBSERVED, operation, VALUE_BYTES[0]);
        }
        return new ClusterPlan(speeds, List.of(), List.of());
    }

    private static void add(List<ClusterCell> cells, CacheForm form, ClusterOperation operation, int valueBytes) {
        for (int threads : THREADS) {
            cells.add(new ClusterCell(form, operation, valueBytes, threads));
        }
    }

    /** Of each operation and form one cell, and all faults: some minutes. */
    ClusterPlan quick() {
        return new ClusterPlan(
                speeds.stream()
                        .filter(cell -> cell.valueBytes() == VALUE_BYTES[0] && cell.threads() == THREADS[1])
                        .toList(),
                faults,
                changes);
    }

    /** The cells whose name a pattern is found in. */
    ClusterPlan matching(Pattern pattern) {
        Predicate<String> matches = pattern.asPredicate();
        return new ClusterPlan(
                speeds.stream().filter(cell -> matches.test(cell.id())).toList(),
                faults.stream().filter(fault -> matches.test(fault.id())).toList(),
                changes.stream().filter(cell -> matches.test(cell.id())).toList());
    }

    /** The cells that a contestant takes part in: what FyerCache is held against has a part where it is. */
    ClusterPlan of(Contestant contestant) {
        return contestant.role() == Role.OURS_ELSE
                ? new ClusterPlan(
                        speeds.stream()
                                .filter(cell -> isYardstick(contestant, cell))
                                .toList(),
                        List.of(),
                        List.of())
                : this;
    }

    private static boolean isYardstick(Contestant contestant, ClusterCell cell) {
        return switch (contestant) {
            case FYERCACHE_LOCAL -> cell.form() == CacheForm.REPLICATED && cell.operation() == ClusterOperation.GET;
            case FYERCACHE_TWICE -> cell.form() == CacheForm.REPLICATED && cell.operation() == ClusterOperation.PUT;
            default -> cell.form() == CacheForm.OBSERVED;
        };
    }

    /** The cells of speed of one form, which one cluster serves. */
    List<ClusterCell> speedsOf(CacheForm form) {
        return speeds.stream().filter(cell -> cell.form() == form).toList();
    }

    /** How many forms of caches there are cells of speed of. */
    int forms() {
        return (int) speeds.stream().map(ClusterCell::form).distinct().count();
    }

    /** How many cells there are. */
    int size() {
        return speeds.size() + faults.size() + changes.size();
    }

    /** The name of one of the cells of a suite. */
    String example() {
        return speeds.isEmpty() ? changes.get(0).id() : speeds.get(0).id();
    }
}
