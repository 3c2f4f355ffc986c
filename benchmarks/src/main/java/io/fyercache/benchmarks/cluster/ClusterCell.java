package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.workload.SharedEntries;

/**
 * One cell of the matrix of a cluster's speed.
 *
 * @param valueBytes the size of each value
 * @param threads how many call at once, of all members together, at least 1
 */
public record ClusterCell(CacheForm form, ClusterOperation operation, int valueBytes, int threads) {
    private static final int KIBI = 1_024;

    /** What is read near is read much: each process has read these once before a cell has warmed up. */
    private static final int ENTRIES_NEAR = 1_024;

    /** The cell's name, such as {@code cluster/get/1KiB/8-threads}. */
    public String id() {
        return "%s/%s/%s/%d-thread%s"
                .formatted(
                        form.id(),
                        operation.id(),
                        valueBytes % KIBI == 0 ? valueBytes / KIBI + "KiB" : valueBytes + "B",
                        threads,
                        threads == 1 ? "" : "s");
    }

    /** How many of the entries are used. */
    int entries() {
        return form == CacheForm.NEAR ? ENTRIES_NEAR : SharedEntries.ENTRIES;
    }

    /** How many of the threads are a member's, by its number: as equal as they can be. */
    int threadsOf(int member, int members) {
        return threads / members + (member < threads % members ? 1 : 0);
    }
}
