package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import java.util.HashMap;
import java.util.Map;

/** What primaries say is committed in a partition, several of them the same; checks what must hold of it at every moment. */
final class CommittedEntries {
    private final Map<Long, LogEntry> entries = new HashMap<>();
    private final Map<OperationId, String> effects = new HashMap<>();
    private long latestGeneration;
    private long latestMillis;

    /** Returns the latest time that an entry has had. */
    long latestMillis() {
        return latestMillis;
    }

    /** Notes an entry; tells whether it is the first to say so. */
    boolean committed(long generation, LogEntry entry) {
        if (generation != latestGeneration) {
            latestGeneration = generation;
            entries.clear();
        }
        LogEntry known = entries.putIfAbsent(entry.number(), entry);
        if (known != null && !known.equals(entry)) {
            throw new AssertionError("I1: entry " + entry.number() + " was committed as " + known + " and as " + entry);
        }
        LogEntry before = entries.get(entry.number() - 1);
        if (before != null && before.partitionMillis() > entry.partitionMillis()) {
            throw new AssertionError("the partition's time ran back from " + before + " to " + entry);
        }
        latestMillis = Math.max(latestMillis, entry.partitionMillis());
        if (entry.origin() != null && known == null) {
            String place = generation + "/" + entry.number();
            String earlier = effects.putIfAbsent(entry.origin().operation(), place);
            if (earlier != null && !earlier.equals(place)) {
                throw new AssertionError(
                        "I7: " + entry.origin().operation() + " had its effect at " + earlier + " and at " + place);
            }
        }
        return known == null;
    }
}
