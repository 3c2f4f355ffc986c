package io.fyercache.testkit.simulation;

import io.fyercache.testkit.time.Timeline;
import java.util.Random;

/**
 * The way from a process to whoever listens to changes: what is sent arrives in its order, sooner or later, and the process hears of that
 * later still. If the process ends before, nothing arrives.
 */
final class ListenerLine {
    private static final long LONGEST_NANOS = 100_000_000;

    private final SimulatedProcess process;
    private final Timeline timeline;
    private final Random random;
    private long lastNanos;

    ListenerLine(SimulatedProcess process, Timeline timeline, Random random) {
        this.process = process;
        this.timeline = timeline;
        this.random = random;
    }

    /** Sends something; {@code confirmed} runs in the process when it has arrived. */
    void send(Runnable arrival, Runnable confirmed) {
        lastNanos = Math.max(lastNanos, timeline.nowNanos() + delayNanos());
        timeline.after(
                lastNanos - timeline.nowNanos(),
                () -> process.run(() -> {
                    arrival.run();
                    timeline.after(delayNanos(), () -> process.run(confirmed));
                }));
    }

    private long delayNanos() {
        return 1 + (long) (random.nextDouble() * (random.nextInt(4) == 0 ? LONGEST_NANOS : LONGEST_NANOS / 50));
    }
}
