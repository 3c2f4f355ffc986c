package io.fyercache.jdbc.time;

/** A running time, for durations. Safe for use by any thread. */
@FunctionalInterface
public interface ElapsedTime {

    /** The machine's own. */
    ElapsedTime OF_MACHINE = System::nanoTime;

    /** Returns nanoseconds from an arbitrary origin; only differences mean anything, and it never steps backwards. */
    long nanoTime();
}
