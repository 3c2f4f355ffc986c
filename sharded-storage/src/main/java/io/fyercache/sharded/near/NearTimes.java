package io.fyercache.sharded.near;

/** The intervals of near caches, in nanoseconds of a clock that never steps back. */
final class NearTimes {
    private static final long MILLIS = 1_000_000;

    /** In the longest time for which something near is read without word, so many questions are asked: two may be lost. */
    private static final int QUESTIONS_PER_STALENESS = 4;

    /** Between two questions at most: who leads a partition tells changes to whoever has asked lately. */
    private static final long LONGEST_PAUSE_NANOS = 1_000 * MILLIS;

    /** After which a member tells a process no more that has asked nothing: three questions. */
    static final long FORGET_NANOS = 3 * LONGEST_PAUSE_NANOS;

    /** After which a partition that is not read is asked about no more: what has cooled is soon warm again, by one question. */
    static final long IDLE_NANOS = 10_000 * MILLIS;

    private NearTimes() {}

    /** Returns how long to wait between two questions, where what is read may be so old. */
    static long pauseNanos(long stalenessNanos) {
        return Math.min(stalenessNanos / QUESTIONS_PER_STALENESS, LONGEST_PAUSE_NANOS);
    }
}
