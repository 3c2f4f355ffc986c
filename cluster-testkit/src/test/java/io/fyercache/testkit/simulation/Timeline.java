package io.fyercache.testkit.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in its order. Used by one thread. */
final class Timeline {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
    private long nowNanos;
    private long count;

    private record Event(long atNanos, long number, Runnable action) {}

    long nowNanos() {
        return nowNanos;
    }

    void after(long delayNanos, Runnable action) {
        events.add(new Event(nowNanos + delayNanos, count++, action));
    }

    /** Lets everything happen until {@code endNanos}, and {@code check} after each event. */
    void runUntil(long endNanos, Runnable check) {
        while (!events.isEmpty() && events.peek().atNanos() <= endNanos) {
            Event next = events.remove();
            nowNanos = next.atNanos();
            next.action().run();
            check.run();
        }
        nowNanos = endNanos;
    }
}
