package io.fyercache.sharded.controller;

import io.fyercache.sharded.topology.Incarnation;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How far the wall clocks of other members are from this one's (E4). Who is asked reads its clock at some moment of the round trip, so the
 * difference is known to within the length of that (F. Cristian, "Probabilistic clock synchronization", 1989). It counts as too large, or as
 * small again, when it certainly is. Used by one thread.
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

    private final TreeMap<Incarnation, Comparison> comparisons = new TreeMap<>();
    private boolean off;
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

    /** By how much another clock is ahead of this one's. */
    private static final class Comparison {
        private long leastMillis;
        private long mostMillis;
        private boolean differs;

        /** As likely as any other within the two. */
        long aheadMillis() {
            return leastMillis + (mostMillis - leastMillis) / 2;
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
     * @param roundTripNanos how long ago it was asked, by a clock that never steps back
     * @param nowMillis this member's own wall clock
     */
    public Change read(Incarnation member, long itsMillis, long roundTripNanos, long nowMillis) {
        long roundTripMillis = roundTripNanos / 1_000_000 + ROUNDING_MILLIS;
        if (roundTripNanos < 0 || roundTripMillis > LONGEST_ROUND_TRIP_MILLIS) {
            return Change.NONE;
        }
        Comparison comparison = comparisons.computeIfAbsent(member, first -> new Comparison());
        comparison.leastMillis = itsMillis - nowMillis - ROUNDING_MILLIS;
        comparison.mostMillis =
                itsMillis - nowMillis + roundTripMillis + roundTripMillis / CLOCK_PRECISION + ROUNDING_MILLIS;
        judgeOwn();
        return judge(comparison);
    }

    private static Change judge(Comparison comparison) {
        boolean beyond = comparison.leastMillis > TOLERATED_MILLIS || comparison.mostMillis < -TOLERATED_MILLIS;
        boolean within = comparison.leastMillis >= -TOLERATED_MILLIS && comparison.mostMillis <= TOLERATED_MILLIS;
        if (comparison.differs ? !within : !beyond) {
            return Change.NONE;
        }
        comparison.differs = beyond;
        return beyond ? Change.DIFFER : Change.AGREE;
    }

    /** Returns by how many milliseconds a member's clock is ahead of this one's, less than 0 if it is behind; 0 if it was never read. */
    public long aheadMillis(Incarnation member) {
        Comparison comparison = comparisons.get(member);
        return comparison == null ? 0 : comparison.aheadMillis();
    }

    /**
     * Tells whether this member's clock is more than five seconds from the median of all that were read, its own included. Of two clocks, or
     * of two halves that differ, nobody knows which are right: then none is off.
     */
    public boolean isOff() {
        return off;
    }

    private void judgeOwn() {
        long[] least = sorted(comparison -> comparison.leastMillis);
        long[] most = sorted(comparison -> comparison.mostMillis);
        long limit = off ? ON_AGAIN_MILLIS : OFF_MILLIS;
        // Where two are in the middle, both must be beyond.
        off = least[(least.length - 1) / 2] > limit || most[most.length / 2] < -limit;
        middleMillis = sorted(Comparison::aheadMillis)[comparisons.size() / 2];
    }

    /**
     * Returns by how many milliseconds the clock in the middle is ahead of this member's, of all that were read, its own included; less than 0 if it is
     * behind. Of an even number it is the earlier of the two in the middle: so a second member whose clock is ahead changes nothing for the first.
     */
    public long middleMillis() {
        return middleMillis;
    }

    private long[] sorted(ToLongFunction<Comparison> end) {
        long[] all = new long[comparisons.size() + 1]; // The last one is this member's own, at 0.
        int count = 0;
        for (Comparison comparison : comparisons.values()) {
            all[count++] = end.applyAsLong(comparison);
        }
        Arrays.sort(all);
        return all;
    }
}
