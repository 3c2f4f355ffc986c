package io.fyercache.benchmarks.speed;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waiting for something that happens by itself, outside the measured time. */
final class Patience {
    private static final Duration POLL = Duration.ofMillis(5);

    private Patience() {}

    /** Looks until a condition holds; says whether it did before the limit. */
    static boolean until(BooleanSupplier condition, Duration limit) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** Looks for as long as given; says whether a condition held each time. */
    static boolean throughout(BooleanSupplier condition, Duration span) {
        return !until(() -> !condition.getAsBoolean(), span);
    }
}
