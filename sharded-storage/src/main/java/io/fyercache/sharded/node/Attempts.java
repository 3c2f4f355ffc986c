package io.fyercache.sharded.node;

import io.fyercache.core.time.Clock;
import io.fyercache.sharded.node.Coordination.EntryFailure;
import io.fyercache.sharded.node.Coordination.Prospect;

/**
 * Whether and when a process tries again to get into its cluster. Who has been in tries for ever; who has not gives up, so that whoever starts it
 * gets to know. Used by one thread.
 */
final class Attempts {
    private static final long MILLIS = 1_000_000;

    /** The first pause, in nanoseconds: who was taken for dead wrongly is back before much is copied of what it had. */
    static final long FIRST_PAUSE_NANOS = 100 * MILLIS;

    /** The longest: what is in the way for so long is not gone sooner because it is asked for more often. */
    static final long LONGEST_PAUSE_NANOS = 10_000 * MILLIS;

    /** How long a process tries to get in for the first time: members and clients that are started together find each other within seconds. */
    static final long START_NANOS = 30_000 * MILLIS;

    private final Clock clock;
    private final long startNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private boolean succeeded;

    Attempts(Clock clock) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
    }

    /** Tells whether there is to be another attempt, after one that has failed. */
    boolean mayGoOn(EntryFailure failure) {
        return succeeded || (failure.prospect() == Prospect.TRY_AGAIN && clock.nanoTime() - startNanos < START_NANOS);
    }

    /** Returns how long to wait before the next one, twice as long as the last time. */
    long nextPauseNanos() {
        long now = pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        return now;
    }

    /** Takes in that one has succeeded. */
    void succeeded() {
        succeeded = true;
        pauseNanos = FIRST_PAUSE_NANOS;
    }
}
