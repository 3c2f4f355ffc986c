package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.StoredEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each entry: that of the copy, over it what entries of the log have decided that are not committed yet, and over both
 * the deadlines that reading has put off. Operations are decided upon this, so that one that follows another need not wait for it. Used by
 * one thread.
 */
final class NewestEntries {
    private final PartitionCopy copy;
    private final ReplicaHost host;
    private final Touches touches = new Touches();

    /** Null until the first entry of the log: most partitions of a large cluster may have none. */
    private @Nullable Map<EntryKey, Newest> uncommitted;

    /**
     * The newest state of an entry.
     *
     * @param entry null if there is none
     * @param number the entry of the log that must be committed before anyone may hear of it; 0 for none
     */
    record Newest(@Nullable StoredEntry entry, long number) {}

    /** The partition's time when this primary began to serve. */
    private long servingSinceMillis;

    NewestEntries(PartitionCopy copy, ReplicaHost host) {
        this.copy = copy;
        this.host = host;
    }

    /** Says that the primary begins to serve: what the copy has, an earlier one may have prolonged without having said so yet. */
    void servingSince(long partitionMillis) {
        servingSinceMillis = partitionMillis;
    }

    Newest find(EntryKey key) {
        Newest newest = uncommitted == null ? null : uncommitted.get(key);
        StoredEntry entry = newest == null ? inherited(key) : newest.entry();
        Long touched = entry == null ? null : touches.deadline(key);
        if (entry != null && touched != null) {
            entry = new StoredEntry(entry.value(), touched);
        }
        return new Newest(entry, newest == null ? 0 : newest.number());
    }

    private @Nullable StoredEntry inherited(EntryKey key) {
        StoredEntry entry = copy.find(key);
        if (entry == null || entry.deadlineMillis() == Expiry.NEVER) {
            return entry;
        }
        long deadline = host.cache(key.cache()).inheritedDeadline(entry.deadlineMillis(), servingSinceMillis);
        return deadline == entry.deadlineMillis() ? entry : new StoredEntry(entry.value(), deadline);
    }

    /** Returns the deadlines that the log does not have. */
    Touches touches() {
        return touches;
    }

    /** Takes in what an entry of the log has decided. */
    void prepared(LogEntry entry) {
        if (uncommitted == null) {
            uncommitted = new LinkedHashMap<>();
        }
        for (Effect effect : entry.effects()) {
            uncommitted.put(effect.key(), new Newest(after(effect), entry.number()));
            touches.forget(effect.key());
        }
    }

    private @Nullable StoredEntry after(Effect effect) {
        if (effect instanceof Effect.Store store) {
            return new StoredEntry(store.value(), store.deadlineMillis());
        } else if (effect instanceof Effect.Prolong prolong) {
            StoredEntry before = find(prolong.key()).entry();
            return before == null ? null : new StoredEntry(before.value(), prolong.deadlineMillis());
        }
        return null;
    }

    /** Forgets what the copy has by now. */
    void committed(LogEntry entry) {
        Map<EntryKey, Newest> present = uncommitted;
        if (present != null) {
            for (Effect effect : entry.effects()) {
                present.computeIfPresent(
                        effect.key(), (key, newest) -> newest.number() == entry.number() ? null : newest);
            }
        }
    }
}
