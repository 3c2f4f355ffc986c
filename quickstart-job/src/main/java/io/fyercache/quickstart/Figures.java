package io.fyercache.quickstart;

import java.util.Locale;

/** Numbers written for people: {@code 1,342,880}, {@code 93.4 %}, {@code 8.2 us}. */
final class Figures {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /** What would be rounded to 1000; the next unit says it shorter. */
    private static final double TOO_LONG = 999.5;
    /** What would be rounded to 10.0; whole numbers say it shorter. */
    private static final double TOO_LONG_FOR_TENTHS = 9.95;

    private Figures() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Returns {@code part} of {@code whole} as a percentage with one digit; of nothing it is {@code -}. */
    static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** Returns a duration in the unit in which it is at least 1 and, up to seconds, rounds to three digits at most. */
    static String duration(long nanos) {
        if (nanos < NANOS_PER_MICRO) {
            return nanos + " ns";
        }
        if (nanos / NANOS_PER_MICRO < TOO_LONG) {
            return shortened(nanos / NANOS_PER_MICRO) + " us";
        }
        if (nanos / NANOS_PER_MILLI < TOO_LONG) {
            return shortened(nanos / NANOS_PER_MILLI) + " ms";
        }
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
    }

    private static String shortened(double value) {
        return String.format(Locale.ROOT, value < TOO_LONG_FOR_TENTHS ? "%.1f" : "%.0f", value);
    }

    /** Returns how many of {@code count} fall in a second, if they took {@code nanos} together. */
    static double perSecond(long count, long nanos) {
        return count * NANOS_PER_SECOND / Math.max(1, nanos);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.1f x", ratio);
    }
}
