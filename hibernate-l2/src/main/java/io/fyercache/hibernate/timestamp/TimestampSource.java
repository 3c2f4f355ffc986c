package io.fyercache.hibernate.timestamp;

import io.fyercache.core.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Timestamps, each above all before it, also when the clock is set back: 1/4096 ms since 1970.
 *
 * <p>Those of two processes differ by what their clocks do. Whoever compares those of others adds the most that may be.
 *
 * <p>Thread-safe.
 */
public final class TimestampSource {
    /** Bits below the millisecond: 4096 timestamps in each, before they run ahead of the clock. */
    private static final int COUNTER_BITS = 12;

    private final Clock clock;
    private final AtomicLong latest = new AtomicLong();

    /** Makes a source that goes by {@code clock}. */
    public TimestampSource(Clock clock) {
        this.clock = clock;
    }

    /** Returns the next timestamp. */
    public long next() {
        long now = clock.millis() << COUNTER_BITS;
        return latest.updateAndGet(before -> Math.max(before + 1, now));
    }

    /** Returns a duration in the unit of timestamps; what is shorter than a millisecond is lost. */
    public static long span(Duration duration) {
        return duration.toMillis() << COUNTER_BITS;
    }
}
