package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.StoredEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each entry: that of the copy, and over it what entries of the log have decided that are not committed yet. Operations
 * are decided upon this, so that one that follows another need not wait for it. Used by one thread.
 */
final class NewestEntries {
    private final PartitionCopy copy;
    private final Map<EntryKey, Newest> uncommitted = new LinkedHashMap<>();

    /**
     * The newest state of an entry.
     *
     * @param entry null if there is none
     * @param number the entry of the log that must be committed before anyone may hear of it; 0 for none
     */
    record Newest(@Nullable StoredEntry entry, long number) {}

    NewestEntries(PartitionCopy copy) {
        this.copy = copy;
    }

    Newest find(EntryKey key) {
        Newest newest = uncommitted.get(key);
        return newest == null ? new Newest(copy.find(key), 0) : newest;
    }

    /** Takes in what an entry of the log has decided. */
    void prepared(LogEntry entry) {
        for (Effect effect : entry.effects()) {
            uncommitted.put(effect.key(), new Newest(after(effect), entry.number()));
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
        for (Effect effect : entry.effects()) {
            uncommitted.computeIfPresent(
                    effect.key(), (key, newest) -> newest.number() == entry.number() ? null : newest);
        }
    }
}
