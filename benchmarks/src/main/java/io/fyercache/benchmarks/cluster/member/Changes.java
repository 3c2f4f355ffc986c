package io.fyercache.benchmarks.cluster.member;

import io.fyercache.benchmarks.cluster.exchange.Request.ChangeAt;
import io.fyercache.benchmarks.contestant.KeptEntries;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What a member changes of entries that each member keeps, and what it hears of others' changes. For one thread. */
final class Changes {
    /** Between two looks: as long as a thread sleeps at least, about. Who looks all the time would take a core from those that tell. */
    private static final long PAUSE_NANOS = 10_000;

    /** After which nothing will happen any more. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final KeptEntries entries;

    Changes(KeptEntries entries) {
        this.entries = entries;
    }

    /** Has an entry kept: who has just begun to hear the others, or hears of a change just now, keeps none yet. */
    void keep(long key) {
        await(() -> entries.keep(key), key, "is not kept");
    }

    /** Waits until a change has been heard of; returns when that was seen. */
    long awaitChange(long key, long number) {
        await(() -> entries.hasHeard(key, number), key, "was changed by another member, which is not heard of here");
        return System.nanoTime();
    }

    private static void await(BooleanSupplier condition, long key, String complaint) {
        long deadlineNanos = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        "key %d %s after %d s".formatted(key, complaint, TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS)));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Changes an entry at a time; returns when that began. */
    long changeAt(ChangeAt order) {
        while (order.atNanos() - System.nanoTime() > 0) {
            LockSupport.parkNanos(order.atNanos() - System.nanoTime());
        }
        long startNanos = System.nanoTime();
        entries.change(order.key(), order.number());
        return startNanos;
    }
}
