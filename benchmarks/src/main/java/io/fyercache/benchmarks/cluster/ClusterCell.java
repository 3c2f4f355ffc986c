package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;

/**
 * One cell of the matrix of a cluster's speed.
 *
 * @param valueBytes the size of each value
 * @param threads how many call at once, of all members together, at least 1
 */
public record ClusterCell(ClusterOperation operation, int valueBytes, int threads) {
    private static final int KIBI = 1_024;

    /** The cell's name, such as {@code cluster/get/1KiB/8-threads}. */
    public String id() {
        return "cluster/%s/%s/%d-thread%s"
                .formatted(
                        operation.id(),
                        valueBytes % KIBI == 0 ? valueBytes / KIBI + "KiB" : valueBytes + "B",
                        threads,
                        threads == 1 ? "" : "s");
    }

    /** How many of the threads are a member's, by its number: as equal as they can be. */
    int threadsOf(int member, int members) {
        return threads / members + (member < threads % members ? 1 : 0);
    }
}
