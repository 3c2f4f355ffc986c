package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.workload.CacheShape;

/**
 * One cell of the speed matrix.
 *
 * @param threads how many threads call at once, at least 1
 */
public record SpeedCell(Operation operation, CacheShape shape, int threads) {
    /** The cell's name, such as {@code get/value/pojo/stats-off/eternal/1-thread}. */
    public String id() {
        return "%s/%s/%d-thread%s".formatted(operation.id(), shape.id(), threads, threads == 1 ? "" : "s");
    }
}
