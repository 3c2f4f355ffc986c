package io.fyercache.benchmarks;

import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The cells of a run of clusters.
 *
 * @param speeds in the order they run: the cache is filled anew when the size of the values changes
 * @param faults each with a cluster of its own
 */
record ClusterPlan(List<ClusterCell> speeds, List<Fault> faults) {
    private static final int[] VALUE_BYTES = {100, 1_024};
    private static final int[] THREADS = {1, 8, 32};

    ClusterPlan {
        speeds = List.copyOf(speeds);
        faults = List.copyOf(faults);
    }

    /** The whole matrix, and all faults. */
    static ClusterPlan full() {
        List<ClusterCell> speeds = new ArrayList<>();
        for (int valueBytes : VALUE_BYTES) {
            for (ClusterOperation operation : ClusterOperation.values()) {
                for (int threads : THREADS) {
                    speeds.add(new ClusterCell(operation, valueBytes, threads));
                }
            }
        }
        return new ClusterPlan(speeds, List.of(Fault.values()));
    }

    /** Each operation once, and all faults: about six minutes. */
    static ClusterPlan quick() {
        ClusterPlan full = full();
        return new ClusterPlan(
                full.speeds.stream()
                        .filter(cell -> cell.valueBytes() == VALUE_BYTES[0] && cell.threads() == THREADS[1])
                        .toList(),
                full.faults);
    }

    /** The cells whose name a pattern is found in. */
    ClusterPlan matching(Pattern pattern) {
        Predicate<String> matches = pattern.asPredicate();
        return new ClusterPlan(
                speeds.stream().filter(cell -> matches.test(cell.id())).toList(),
                faults.stream().filter(fault -> matches.test(fault.id())).toList());
    }

    /** How many cells there are. */
    int size() {
        return speeds.size() + faults.size();
    }
}
