package io.fyercache.sharded.controller;

import io.fyercache.sharded.topology.Incarnation;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How far the wall clocks of other members are from this one's, and what time they agree on (E4). Who is asked reads its clock at some moment of the
 * round trip, so the difference is known to within the length of that (F. Cristian, "Probabilistic clock synchronization", 1989). It counts as too
 * large, or as small again, when it certainly is.
 *
 * <p>What was read is reckoned on by the clock that never steps back. So a wall clock that is set, this member's own or another's, is one that is wrong,
 * and changes nothing about the others. Used by one thread.
 */
public final class WallClocks {
    /** Milliseconds beyond which two clocks differ: far more than synchronised clocks do, and little to an entry that lives for seconds. */
    public static final long TOLERATED_MILLIS = 500;

    /** Milliseconds from most others beyond which a clock is off: whose it is should not say when entries expire. */
    public static final long OFF_MILLIS = 5_000;

    /** Milliseconds within which a clock that was off is not off any more: so one at the edge passes no leads to and fro. */
    static final long ON_AGAIN_MILLIS = OFF_MILLIS / 2;

    /** Milliseconds: a longer round trip says too little. */
    static final long LONGEST_ROUND_TRIP_MILLIS = 1_000;

    /** Milliseconds by which a difference of two readings is uncertain, as both are cut to whole ones. */
    private static final long ROUNDING_MILLIS = 1;

    /** A round trip is measured by a clock that may be wrong by one in so many. */
    private static final long CLOCK_PRECISION = 100;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final TreeMap<Incarnation, Comparison> comparisons = new TreeMap<>();
    private boolean off;

    // What this member's own clock said last, and that in the middle then.
    private long ownNanos;
    private long ownMillis;
    private long middleMillis;

    /** What a reading has changed. */
    public enum Change {
        /** Nothing that is worth a word. */
        NONE,
        /** From now on the two clocks differ by more than half a second. */
        DIFFER,
        /** They do not any more. */
        AGREE
    }

    /** What another clock said, and when; what this member's own said then. */
    private static final class Comparison {
        private long readNanos;
        private long leastMillis;
        private long mostMillis;
        private long ownMillis;
        private boolean differs;

        /** What it says at a time, as likely as anything else that it may say. */
        long millisAt(long nowNanos) {
            return leastMillis + (mostMillis - leastMillis) / 2 + passedAt(nowNanos);
        }

        long leastAt(long nowNanos) {
            return leastMillis + passedAt(nowNanos);
        }

        long mostAt(long nowNanos) {
            return mostMillis + passedAt(nowNanos);
        }

        private long passedAt(long nowNanos) {
            return (nowNanos - readNanos) / NANOS_PER_MILLI;
        }
    }

    /** Forgets the clocks of others than these members. */
    public void retain(Collection<Incarnation> members) {
        comparisons.keySet().retainAll(members);
        judgeOwn();
    }

    /**
     * Takes in what another member's clock said.
     *
     * @param sentNanos when it was asked, by this member's clock that never steps back
     * @param nowMillis this member's own wall clock
     */
    public Change read(Incarnation member, long itsMillis, long sentNanos, long nowNanos, long nowMillis) {
        long roundTripNanos = nowNanos - sentNanos;
        long roundTripMillis = roundTripNanos / NANOS_PER_MILLI + ROUNDING_MILLIS;
        if (roundTripNanos < 0 || roundTripMillis > LONGEST_ROUND_TRIP_MILLIS) {
            return Change.NONE;
        }
        Comparison comparison = comparisons.computeIfAbsent(member, first -> new Comparison());
        comparison.readNanos = nowNanos;
        comparison.leastMillis = itsMillis - ROUNDING_MILLIS;
        comparison.mostMillis = itsMillis + roundTripMillis + roundTripMillis / CLOCK_PRECISION + ROUNDING_MILLIS;
        comparison.ownMillis = nowMillis;
        readOwn(nowNanos, nowMillis);
        return judge(comparison);
    }

    /** Takes in what this member's own clock says. */
    public void readOwn(long nowNanos, long nowMillis) {
        ownNanos = nowNanos;
        ownMillis = nowMillis;
        judgeOwn();
    }

    private static Change judge(Comparison comparison) {
        long least = comparison.leastMillis - comparison.ownMillis;
        long most = comparison.mostMillis - comparison.ownMillis;
        boolean beyond = least > TOLERATED_MILLIS || most < -TOLERATED_MILLIS;
        boolean within = least >= -TOLERATED_MILLIS && most <= TOLERATED_MILLIS;
        if (comparison.differs ? !within : !beyond) {
            return Change.NONE;
        }
        comparison.differs = beyond;
        return beyond ? Change.DIFFER : Change.AGREE;
    }

    /**
     * Returns by how many milliseconds a member's clock was ahead of this one's when it was read, less than 0 if it was behind; 0 if it was never read.
     */
    public long aheadMillis(Incarnation member) {
        Comparison comparison = comparisons.get(member);
        return comparison == null ? 0 : comparison.millisAt(comparison.readNanos) - comparison.ownMillis;
    }

    /**
     * Tells whether this member's clock is more than five seconds from the median of all that were read, its own included. Of two clocks, or
     * of two halves that differ, nobody knows which are right: then none is off.
     */
    public boolean isOff() {
        return off;
    }

    private void judgeOwn() {
        long[] least = sorted(comparison -> comparison.leastAt(ownNanos));
        long[] most = sorted(comparison -> comparison.mostAt(ownNanos));
        long limit = off ? ON_AGAIN_MILLIS : OFF_MILLIS;
        // Where two are in the middle, both must be beyond.
        off = least[(least.length - 1) / 2] - ownMillis > limit || most[most.length / 2] - ownMillis < -limit;
        middleMillis = sorted(comparison -> comparison.millisAt(ownNanos))[comparisons.size() / 2];
    }

    /** Returns how many others were read. */
    public int compared() {
        return comparisons.size();
    }

    /**
     * Returns what the clock in the middle says, of all that were read, its own included. Of an even number it is the earlier of the two in the middle: so
     * a second member whose clock is ahead changes nothing for the first.
     */
    public long middleMillis(long nowNanos) {
        return middleMillis + (nowNanos - ownNanos) / NANOS_PER_MILLI;
    }

    private long[] sorted(ToLongFunction<Comparison> says) {
        long[] all = new long[comparisons.size() + 1];
        int count = 0;
        for (Comparison comparison : comparisons.values()) {
            all[count++] = says.applyAsLong(comparison);
        }
        all[count] = ownMillis;
        Arrays.sort(all);
        return all;
    }
}
