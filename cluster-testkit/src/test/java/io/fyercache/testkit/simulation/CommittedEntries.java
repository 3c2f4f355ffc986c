package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import java.util.HashMap;
import java.util.Map;

/** What primaries say is committed in a partition, several of them the same; checks what must hold of it at every moment. */
final class CommittedEntries {
    private final Map<Place, LogEntry> entries = new HashMap<>();
    private final Map<OperationId, Place> effects = new HashMap<>();
    private final Map<Long, Long> last = new HashMap<>();
    private long latestMillis;

    private record Place(long generation, long number) {}

    /** Notes an entry; tells whether it is the first to say so. */
    boolean committed(long generation, LogEntry entry) {
        Place place = new Place(generation, entry.number());
        LogEntry known = entries.putIfAbsent(place, entry);
        if (known != null && !known.equals(entry)) {
            throw new AssertionError("I1: entry " + entry.number() + " was committed as " + known + " and as " + entry);
        }
        LogEntry before = entries.get(new Place(generation, entry.number() - 1));
        if (before != null && before.partitionMillis() > entry.partitionMillis()) {
            throw new AssertionError("the partition's time ran back from " + before + " to " + entry);
        }
        latestMillis = Math.max(latestMillis, entry.partitionMillis());
        if (entry.origin() != null && known == null) {
            Place earlier = effects.putIfAbsent(entry.origin().operation(), place);
            if (earlier != null) {
                throw new AssertionError(
                        "I7: " + entry.origin().operation() + " had its effect at " + earlier + " and at " + place);
            }
        }
        last.merge(generation, entry.number(), Math::max);
        return known == null;
    }

    /** Returns the latest time that an entry has had. */
    long latestMillis() {
        return latestMillis;
    }

    /** Returns the number of the last entry of a generation; 0 for none. */
    long last(long generation) {
        return last.getOrDefault(generation, 0L);
    }
}
