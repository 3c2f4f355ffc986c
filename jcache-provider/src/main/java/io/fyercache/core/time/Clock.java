package io.fyercache.core.time;

/**
 * A source of wall-clock and of elapsed time. Entries expire by {@link #millis()}; durations are measured with {@link #nanoTime()}.
 *
 * <p>Implementations are safe for use by any thread.
 */
public interface Clock {

    /** Returns the wall-clock time in milliseconds since 1970-01-01T00:00Z. It may step backwards when the machine's clock is set. */
    long millis();

    /** Returns a running time in nanoseconds from an arbitrary origin; only differences mean anything, and it never steps backwards. */
    long nanoTime();
}
