package io.fyercache.sharded.placement;

/**
 * How many things a member should have: as many as its capacity says, rounded either way.
 *
 * @param least the rounded-down share, at least 0
 * @param most the rounded-up share
 */
record Share(int least, int most) {
    /** Fractions of a thing that are an error of floating-point arithmetic. */
    private static final double EPSILON = 1e-6;

    static Share around(double exact) {
        return new Share((int) Math.floor(exact + EPSILON), (int) Math.ceil(exact - EPSILON));
    }
}
