package io.fyercache.testkit.simulation;

import io.fyercache.core.time.Clock;
import io.fyercache.testkit.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A process on clocks of its own, that may stand still for a while and ends at some time. */
abstract class SimulatedProcess {
    private static final long MILLION = 1_000_000;

    /** What wall clocks show at the beginning, in milliseconds, if they are right. */
    static final long START_MILLIS = MILLION;

    private final Timeline timeline;

    /** How the clock runs that never steps back, in parts of a million of true time, and where it started. */
    private final long ratePpm;

    private final long clockStartNanos;
    private final long wallSkewMillis;

    private boolean over;
    private long pausedUntilNanos;
    private final List<Runnable> whilePaused = new ArrayList<>();

    SimulatedProcess(Timeline timeline, Random random, long wrongMillis) {
        this.timeline = timeline;
        this.ratePpm = 995_000L + random.nextInt(10_001);
        this.clockStartNanos = random.nextLong();
        this.wallSkewMillis = random.nextInt(1_000) - 500L + wrongMillis;
    }

    final boolean isOver() {
        return over;
    }

    final boolean isPaused() {
        return timeline.nowNanos() < pausedUntilNanos;
    }

    /** Ends it, whatever it is doing. */
    final void end() {
        over = true;
        whilePaused.clear();
        hasEnded();
    }

    final void pause(long nanos) {
        pausedUntilNanos = timeline.nowNanos() + nanos;
        timeline.after(nanos, this::resume);
    }

    private void resume() {
        if (!isPaused()) {
            List<Runnable> missed = new ArrayList<>(whilePaused);
            whilePaused.clear();
            missed.forEach(this::run);
        }
    }

    /** Runs something in this process, as soon as it is not paused, if it has not ended by then. */
    final void run(Runnable action) {
        if (over) {
            return;
        }
        if (isPaused()) {
            whilePaused.add(action);
        } else {
            action.run();
            hasRun();
        }
    }

    /** Is called at the end. */
    void hasEnded() {
        // Whoever has something to let go does so.
    }

    /** Is called after each step. */
    void hasRun() {
        // Whoever wants to look does so.
    }

    /** Returns the clocks of this process. */
    final Clock clock() {
        return new Clock() {
            @Override
            public long millis() {
                return wallMillis();
            }

            @Override
            public long nanoTime() {
                return clockNanos();
            }
        };
    }

    final long clockNanos() {
        long now = timeline.nowNanos();
        return clockStartNanos + now / MILLION * ratePpm + now % MILLION * ratePpm / MILLION;
    }

    final long wallMillis() {
        return START_MILLIS + timeline.nowNanos() / MILLION + wallSkewMillis;
    }
}
