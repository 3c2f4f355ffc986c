package io.fyercache.core.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is turned by hand; for tests of what depends on time. Safe for use by any thread. */
public final class ManualClock implements Clock {
    private final long startMillis;
    private final AtomicLong elapsedNanos = new AtomicLong();

    /** Makes a clock whose wall time starts at {@code startMillis}, in milliseconds since 1970-01-01T00:00Z. */
    public ManualClock(long startMillis) {
        this.startMillis = startMillis;
    }

    /**
     * Turns both times forward.
     *
     * @throws IllegalArgumentException if {@code duration} is negative; the clock is unchanged
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "duration: " + duration + " (expected: not negative; a clock is only turned forward)");
        }
        elapsedNanos.addAndGet(duration.toNanos());
    }

    @Override
    public long millis() {
        return startMillis + Duration.ofNanos(elapsedNanos.get()).toMillis();
    }

    @Override
    public long nanoTime() {
        return elapsedNanos.get();
    }
}
