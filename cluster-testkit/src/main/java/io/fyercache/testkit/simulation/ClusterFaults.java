package io.fyercache.testkit.simulation;

import io.fyercache.testkit.transport.NetworkFaults;
import java.util.Random;

/**
 * How much goes wrong in a cluster. Percentages are of one event each: a message, or one of the world's rounds of {@value #ROUND_MILLIS} ms.
 *
 * @param lossPercent of messages, and their connections break
 * @param slowPercent of messages that take up to {@code slowNanos}
 * @param slowNanos longest delay
 * @param crashPercent of rounds in which a process crashes
 * @param groupCrashPercent of rounds in which half of all processes crash at once
 * @param pausePercent of rounds in which a process stops for a while
 * @param cutPercent of rounds in which one node is cut off from another for a while, or two from each other
 * @param isolationPercent of rounds in which a node is cut off from all others for a while, and sometimes from ZooKeeper, or another one
 *     crashes just then
 * @param splitPercent of rounds in which some nodes are cut off from the others and from ZooKeeper for a while
 * @param leavePercent of rounds in which a member begins to leave
 * @param deafPercent of rounds in which a process that listens dies, or is cut off from a node for a while
 */
record ClusterFaults(
        int lossPercent,
        int slowPercent,
        long slowNanos,
        int crashPercent,
        int groupCrashPercent,
        int pausePercent,
        int cutPercent,
        int isolationPercent,
        int splitPercent,
        int leavePercent,
        int deafPercent) {
    static final long ROUND_MILLIS = 200;

    static final ClusterFaults NONE = new ClusterFaults(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Draws how much goes wrong in one run: each kind not at all, usually, or often (see {@link Faults#draw}). */
    static ClusterFaults draw(Random random) {
        return new ClusterFaults(
                amount(random, 2),
                amount(random, 8),
                // Mostly within the times that suspicion takes, sometimes far beyond.
                random.nextInt(4) == 0 ? 3_000_000_000L : 100_000_000L + random.nextInt(300_000_000),
                amount(random, 1),
                amount(random, 1),
                amount(random, 3),
                amount(random, 5),
                amount(random, 2),
                amount(random, 1),
                amount(random, 2),
                amount(random, 1));
    }

    /** Returns what of it goes wrong on the way. */
    NetworkFaults ofNetwork() {
        return new NetworkFaults(lossPercent, slowPercent, slowNanos);
    }

    private static int amount(Random random, int usual) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 3 * usual;
            default -> usual;
        };
    }
}
