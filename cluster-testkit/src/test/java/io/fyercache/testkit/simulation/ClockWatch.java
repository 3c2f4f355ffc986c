package io.fyercache.testkit.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What members say of each other's wall clocks; checks that it is true, and said once. */
final class ClockWatch {
    private static final long TOLERATED_MILLIS = 500;

    private final Set<List<SimulatedLife>> differing = new HashSet<>();

    enum Verdict {
        DIFFER,
        AGREE
    }

    /** E4: whatever the delays, what is said is certain. */
    void compared(SimulatedLife by, SimulatedLife other, long aheadMillis, Verdict verdict) {
        long truly = other.wallMillis() - by.wallMillis();
        boolean differ = Math.abs(truly) > TOLERATED_MILLIS;
        if (differ != (verdict == Verdict.DIFFER)) {
            throw new AssertionError("E4: clocks " + verdict + " by " + aheadMillis + ", truly by " + truly
                    + " ms, says " + by + " of " + other);
        }
        List<SimulatedLife> pair = List.of(by, other);
        if (verdict == Verdict.DIFFER ? !differing.add(pair) : !differing.remove(pair)) {
            throw new AssertionError("E4: said twice: clocks " + verdict + ", " + by + " of " + other);
        }
    }

    /** Tells whether one member has told that its clock and the other's differ. */
    boolean differ(SimulatedLife by, SimulatedLife other) {
        return differing.contains(List.of(by, other));
    }
}
