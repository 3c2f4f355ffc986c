package io.fyercache.core.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.store.Bounds;
import io.fyercache.core.store.EntryStore;
import io.fyercache.core.time.Clock;

/**
 * The maximum of a store, and the way to another one: whoever changes it takes the first step, and sweeps take the others, so that nobody waits until all is evicted
 * that is too much. Thread-safe; its monitor is owned while a step is taken, which no operation of a cache needs.
 */
final class MovingMaximum {
    /** Nanoseconds, 100 ms, for which a sweep takes steps: a hundred thousand entries, and a tenth of its period. */
    private static final long LONGEST_WORK_NANOS = 100_000_000;

    private final EntryStore store;
    private final Clock clock;

    @GuardedBy("this")
    private long maximum;

    @GuardedBy("this")
    private boolean reached = true;

    /**
     * Is where it is to be.
     *
     * @param maximum that the store has; {@link Bounds#UNLIMITED} for none
     */
    MovingMaximum(EntryStore store, Clock clock, long maximum) {
        this.store = store;
        this.clock = clock;
        this.maximum = maximum;
    }

    /** Moves it; without one it stays without. */
    synchronized void moveTo(long next) {
        if (next != Bounds.UNLIMITED && next != maximum) {
            maximum = next;
            reached = store.approach(maximum);
        }
    }

    /** Goes on until it is reached, or for as long as a sweep may take that began at that time. */
    synchronized void goOn(long startNanos) {
        while (!reached && clock.nanoTime() - startNanos < LONGEST_WORK_NANOS) {
            reached = store.approach(maximum);
        }
    }
}
