package io.fyercache.sharded.node;

import io.fyercache.core.time.Clock;

/**
 * What members of a cluster take for the time, whatever their own clocks say: the clock of the member in the middle. Members that tell each other
 * differ by no more than their messages take (E4), though a process learns of others' clocks with their first answers only.
 *
 * <p>A process that is no member compares nothing, and goes by its own. Thread-safe.
 */
final class ClusterClock implements Clock {
    private final Clock own;

    /** Written by the process's thread. */
    private volatile long aheadMillis;

    ClusterClock(Clock own) {
        this.own = own;
    }

    /** Takes in by how many milliseconds the clock in the middle is ahead of this process's own; less than 0 if it is behind. */
    void onAhead(long millis) {
        // Told every few milliseconds, and hardly ever another one.
        if (aheadMillis != millis) {
            aheadMillis = millis;
        }
    }

    @Override
    public long millis() {
        return own.millis() + aheadMillis;
    }

    @Override
    public long nanoTime() {
        return own.nanoTime();
    }
}
