package io.fyercache.sharded.client;

import io.fyercache.sharded.message.Request;

/**
 * When a client sends a request again, in nanoseconds of a clock that never steps back.
 *
 * @param attemptNanos how long an attempt waits for an answer, 1..{@value #LONGEST_NANOS}
 * @param firstPauseNanos the longest pause after the first attempt that failed, 1..{@code longestPauseNanos}; it doubles with each further one
 * @param longestPauseNanos what the pause grows to, up to {@value #LONGEST_NANOS}
 * @param tableNanos between two wishes for the table, 1..{@value #LONGEST_NANOS}
 */
public record RetryPolicy(long attemptNanos, long firstPauseNanos, long longestPauseNanos, long tableNanos) {
    private static final long MILLIS = 1_000_000;

    /** As long as a request is sent at all: to wait longer is not to try again. */
    static final long LONGEST_NANOS = Request.LIFE_MILLIS * MILLIS;

    /**
     * What clients do in production. An attempt waits 500 ms: whoever is silent for longer is taken for dead by the members too, and to ask a
     * primary again that is busy with the request costs it a look. The pauses double from 10 ms to 200 ms, so that a takeover, which takes 300
     * to 600 ms, is noticed soon, and a thousand threads that wait for one ask five thousand times a second at most.
     */
    public static final RetryPolicy STANDARD = new RetryPolicy(500 * MILLIS, 10 * MILLIS, 200 * MILLIS, 50 * MILLIS);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a time is out of its range
     */
    public RetryPolicy {
        checkRange("attemptNanos", attemptNanos, LONGEST_NANOS);
        checkRange("longestPauseNanos", longestPauseNanos, LONGEST_NANOS);
        checkRange("firstPauseNanos", firstPauseNanos, longestPauseNanos);
        checkRange("tableNanos", tableNanos, LONGEST_NANOS);
    }

    private static void checkRange(String name, long nanos, long longest) {
        if (nanos < 1 || nanos > longest) {
            throw new IllegalArgumentException(name + ": " + nanos + " (expected: 1.." + longest + ")");
        }
    }

    /**
     * Returns how long to pause: the upper half of what the pause has grown to is left to chance.
     *
     * @param before how often the same request has paused before
     */
    long pauseNanos(int before, RouterHost host) {
        long grown = before < Long.numberOfLeadingZeros(firstPauseNanos) - 1
                ? Math.min(firstPauseNanos << before, longestPauseNanos)
                : longestPauseNanos;
        return grown - host.draw(grown / 2 + 1);
    }
}
