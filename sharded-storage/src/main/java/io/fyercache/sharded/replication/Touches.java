package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines that reading has put off and that are not in the log yet: they go there together, so that not every read is a write (E3).
 * Used by one thread.
 */
final class Touches {
    /** Entries whose touches wait; when there are as many as one entry of the log may have, they go at once. */
    static final int MAX_KEYS = LogEntry.MAX_EFFECTS;

    /** Milliseconds for which a touch waits at most. */
    static final long LONGEST_WAIT_MILLIS = 1_000;

    /** The part of the time by which a deadline is put off that a touch waits: one of so many. */
    static final int PART_OF_TIME = 10;

    /** Null as long as nothing waits: in most caches nothing ever does. */
    private @Nullable Map<EntryKey, Long> deadlines;

    private long dueMillis = Expiry.NEVER;

    /** Returns for how many milliseconds a touch waits that puts a deadline off to so long from now. */
    static long waitMillis(long lifeMillis) {
        return Math.min(LONGEST_WAIT_MILLIS, lifeMillis / PART_OF_TIME);
    }

    /** Returns the deadline that reading has given an entry; null if the log has the last. */
    @Nullable
    Long deadline(EntryKey key) {
        return deadlines == null ? null : deadlines.get(key);
    }

    /** Notes a deadline that is later than {@code nowMillis}; tells whether there is room for others. */
    boolean add(EntryKey key, long deadlineMillis, long nowMillis) {
        if (deadlines == null) {
            deadlines = new LinkedHashMap<>();
        }
        deadlines.put(key, deadlineMillis);
        dueMillis = Math.min(dueMillis, nowMillis + waitMillis(deadlineMillis - nowMillis));
        return deadlines.size() < MAX_KEYS;
    }

    /** Forgets a deadline: the log has another one, or no entry. */
    void forget(EntryKey key) {
        if (deadlines != null) {
            deadlines.remove(key);
        }
    }

    /** Tells whether a touch has waited for long enough. */
    boolean areDue(long nowMillis) {
        return nowMillis >= dueMillis;
    }

    /** Takes out all, as the log is to have them. */
    List<Effect> take() {
        if (deadlines == null) {
            return List.of();
        }
        List<Effect> effects = deadlines.entrySet().stream()
                .<Effect>map(each -> new Effect.Prolong(each.getKey(), each.getValue()))
                .toList();
        deadlines = null;
        dueMillis = Expiry.NEVER;
        return effects;
    }
}
