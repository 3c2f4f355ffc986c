package io.fyercache.jdbc.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From which value of a growing column on a poll has to look, so that it misses nothing that was committed late.
 *
 * <p>A row gets its value when it is changed, and is seen when that is committed, up to the longest transaction later; meanwhile polls have
 * seen higher values. Let {@code p} be the first poll that saw a value as high as the row's, and {@code q} the last one that did not see
 * the row. Then {@code q} came no later than the longest transaction after {@code p}. So whoever looks from the highest value of a
 * poll that came earlier than that before the last poll, finds the row.
 *
 * <p>Depends on its arguments alone. Not thread-safe.
 */
final class PollPositions {

    private final long longestNanos;
    private final Deque<Position> positions = new ArrayDeque<>();
    private long lastNanos;

    /** The highest value that a poll has seen, null if there was no row. */
    private record Position(long nanos, @Nullable Object highest) {}

    /** For transactions that take so long at most, in nanoseconds. */
    PollPositions(long longestNanos) {
        this.longestNanos = longestNanos;
    }

    /** Forgets what was, and begins with a poll. */
    void restart(long nowNanos, @Nullable Object highest) {
        positions.clear();
        add(nowNanos, highest);
    }

    /** A poll that began now has seen no higher value than this. */
    void add(long nowNanos, @Nullable Object highest) {
        lastNanos = nowNanos;
        Position last = positions.peekLast();
        // Of polls with one value the first says all, so a table that rests takes no room.
        if (last == null || !Objects.equals(last.highest, highest)) {
            positions.addLast(new Position(nowNanos, highest));
        }
    }

    /** The next poll has to look at all that is higher than this, and at everything if it is null. */
    @Nullable
    Object from() {
        Position first = positions.removeFirst();
        while (!positions.isEmpty() && positions.getFirst().nanos - (lastNanos - longestNanos) < 0) {
            first = positions.removeFirst();
        }
        positions.addFirst(first);
        return first.highest;
    }
}
