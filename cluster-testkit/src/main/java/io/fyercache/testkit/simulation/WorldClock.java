package io.fyercache.testkit.simulation;

import io.fyercache.core.time.Clock;
import io.fyercache.testkit.time.Timeline;

/** The clocks of whoever uses a simulated cluster: virtual time. */
record WorldClock(Timeline timeline) implements Clock {
    @Override
    public long millis() {
        return SimulatedProcess.START_MILLIS + timeline.nowNanos() / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return timeline.nowNanos();
    }
}
