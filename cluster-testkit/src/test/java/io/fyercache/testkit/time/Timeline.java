package io.fyercache.testkit.time;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in its order. Used by one thread. */
public final class Timeline {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
    private long nowNanos;
    private long count;

    private record Event(long atNanos, long number, Runnable action) {}

    /** Returns the time since the beginning, in nanoseconds. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Lets something happen later; what is due at the same instant happens in the order of these calls. */
    public void after(long delayNanos, Runnable action) {
        events.add(new Event(nowNanos + delayNanos, count++, action));
    }

    /** Lets something happen again and again. */
    public void every(long intervalNanos, Runnable action) {
        after(intervalNanos, () -> {
            action.run();
            every(intervalNanos, action);
        });
    }

    /** Lets everything happen until {@code endNanos}, and {@code check} after each event. */
    public void runUntil(long endNanos, Runnable check) {
        while (!events.isEmpty() && events.peek().atNanos() <= endNanos) {
            Event next = events.remove();
            nowNanos = next.atNanos();
            next.action().run();
            check.run();
        }
        nowNanos = endNanos;
    }
}
