package io.fyercache.testkit.simulation;

import java.util.Random;

/**
 * How much goes wrong. Probabilities are of one event each.
 *
 * @param lossPercent of messages
 * @param slowPercent of messages that take up to {@code slowNanos}
 * @param slowNanos longest delay
 * @param whimPercent of the controller's rounds in which it changes the record for no reason
 * @param crashPercent of the controller's rounds in which a member crashes
 * @param pausePercent of the controller's rounds in which a member stops for a while
 * @param cutPercent of the controller's rounds in which one member is cut off from another for a while, or two from each other
 * @param deafPercent of the controller's rounds in which a member stops to hear of the table for a while
 */
record Faults(
        int lossPercent,
        int slowPercent,
        long slowNanos,
        int whimPercent,
        int crashPercent,
        int pausePercent,
        int cutPercent,
        int deafPercent) {
    static final Faults NONE = new Faults(0, 0, 1, 0, 0, 0, 0, 0);

    /**
     * Draws how much goes wrong in one run. Each kind of fault is rare, usual, or frequent, and not all of them always are there: what one
     * hides, another run shows (Groce and others, "Swarm testing", ISSTA 2012).
     */
    static Faults draw(Random random) {
        return new Faults(
                amount(random, 3),
                amount(random, 10),
                200_000_000L + random.nextInt(400_000_000),
                2 + amount(random, 6),
                amount(random, 1),
                amount(random, 3),
                amount(random, 6),
                amount(random, 8));
    }

    private static int amount(Random random, int usual) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 3 * usual;
            default -> usual;
        };
    }
}
