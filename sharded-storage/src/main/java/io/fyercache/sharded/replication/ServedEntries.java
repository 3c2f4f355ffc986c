package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.codec.UnwrittenForm;
import java.util.function.BiConsumer;

/**
 * The entries that a primary serves: says what has become of them to the orders of caches with bounds (E5), and to the member's writes what is
 * still to be written (Q2). Used by one thread.
 */
record ServedEntries(ReplicaHost host, PartitionCopy copy) {

    /** Tells of all entries that they are served from now on. */
    void begin() {
        tell((key, entry) -> changed(key));
    }

    /** Tells of all entries that they are served no longer. */
    void end() {
        host.writes().end();
        tell((key, entry) -> {
            EvictionOrder order =
                    key.isUnwritten() ? null : host.cache(key.cache()).evictions();
            if (order != null) {
                order.removed(key);
            }
        });
    }

    private void tell(BiConsumer<EntryKey, StoredEntry> teller) {
        // To look at all entries takes a while, which those should not pay for of whom nobody is to hear.
        if (copy.caches().stream().anyMatch(this::isTold)) {
            copy.forEach(teller);
        }
    }

    private boolean isTold(int cache) {
        return EntryKey.isUnwritten(cache) || host.cache(cache).evictions() != null;
    }

    /** Tells what a key has by now, if anybody is to hear of it. */
    void changed(EntryKey key) {
        StoredEntry entry = copy.find(key);
        if (key.isUnwritten()) {
            host.writes()
                    .committed(
                            key.owner(),
                            entry == null ? null : UnwrittenForm.decode(entry.value()),
                            copy.partitionMillis());
            return;
        }
        HostedCache cache = host.cache(key.cache());
        EvictionOrder order = cache.evictions();
        if (order == null) {
            return;
        }
        if (entry == null) {
            order.removed(key);
        } else {
            order.stored(key, cache.weight(key, entry.value()));
        }
    }
}
