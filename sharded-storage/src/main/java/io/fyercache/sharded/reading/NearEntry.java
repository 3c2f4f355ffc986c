package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EncodedValue;

/** An entry that a process has read and keeps near. Immutable. */
public final class NearEntry {
    /** Of a lifetime, what is used: two clocks may differ by one in a hundred, each. */
    private static final int USED_PERCENT = 98;

    /** Milliseconds, a year: longer lives need not be told from endless ones by a clock of nanoseconds. */
    private static final long LONGEST_LIFE_MILLIS = 365L * 24 * 3_600 * 1_000;

    private static final long MILLIS = 1_000_000;

    private final EncodedValue value;
    private final NearEra era;
    private final long untilNanos;

    /**
     * Makes an entry.
     *
     * @param era in which it was asked for
     * @param lifeMillis how long it had to live when it was read, 0 or more
     * @param askedNanos when it was asked for, which was before it was read
     */
    public NearEntry(EncodedValue value, NearEra era, long lifeMillis, long askedNanos) {
        this.value = value;
        this.era = era;
        this.untilNanos = askedNanos + Math.min(lifeMillis, LONGEST_LIFE_MILLIS) * MILLIS / 100 * USED_PERCENT;
    }

    /** Returns the value. */
    public EncodedValue value() {
        return value;
    }

    boolean isOf(NearEra other) {
        return era == other;
    }

    boolean isOver(long nowNanos) {
        return untilNanos - nowNanos <= 0;
    }
}
