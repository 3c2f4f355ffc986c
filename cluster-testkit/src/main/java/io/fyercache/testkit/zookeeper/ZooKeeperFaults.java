package io.fyercache.testkit.zookeeper;

import java.util.Random;

/**
 * How much goes wrong with an ensemble by itself.
 *
 * @param slowPercent of packets that take up to {@code longestDelayNanos}
 * @param lagPercent of transactions that a server takes in up to {@code longestDelayNanos} late, and all later ones with them
 * @param longestDelayNanos at least 1
 * @param breakPercent of requests about whose time the connection breaks: before they arrive, or before the answer does
 * @param outagePercent of seconds in which the ensemble goes down: for an election, or for longer
 * @param cutPercent of seconds in which one client is cut off for a while
 * @param expiryPercent of seconds in which one session is lost
 */
public record ZooKeeperFaults(
        int slowPercent,
        int lagPercent,
        long longestDelayNanos,
        int breakPercent,
        int outagePercent,
        int cutPercent,
        int expiryPercent) {
    /** Nothing goes wrong. Even so, each server is behind the leader by a fraction of a millisecond. */
    public static final ZooKeeperFaults NONE = new ZooKeeperFaults(0, 0, 1, 0, 0, 0, 0);

    /** Draws how much goes wrong in one run: each kind of fault is absent, usual or frequent, so that none hides the others. */
    public static ZooKeeperFaults draw(Random random) {
        return new ZooKeeperFaults(
                amount(random, 5),
                amount(random, 5),
                200_000_000L + random.nextInt(1_800_000_000),
                amount(random, 3),
                amount(random, 2),
                amount(random, 4),
                amount(random, 1));
    }

    private static int amount(Random random, int usual) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 3 * usual;
            default -> usual;
        };
    }
}
