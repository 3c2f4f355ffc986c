package io.fyercache.core.time;

/** The machine's own clocks. */
public enum SystemClock implements Clock {
    /** The only instance: a JVM has one pair of clocks. */
    INSTANCE;

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
