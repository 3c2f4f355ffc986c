package io.fyercache.testkit.transport;

/**
 * How much goes wrong on the way.
 *
 * @param lossPercent of messages that get lost, and their connections with them
 * @param slowPercent of messages that take up to {@code slowNanos}
 * @param slowNanos longest delay
 */
public record NetworkFaults(int lossPercent, int slowPercent, long slowNanos) {
    /** Nothing goes wrong. */
    public static final NetworkFaults NONE = new NetworkFaults(0, 0, 1);
}
