package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import java.util.function.BiConsumer;

/** The entries that a primary serves of caches with bounds: says to the orders of these caches what has become of them. Used by one thread. */
record BoundedEntries(ReplicaHost host, PartitionCopy copy) {

    /** Tells of all entries that they are served from now on. */
    void begin() {
        tell((key, entry) -> changed(key));
    }

    /** Tells of all entries that they are served no longer. */
    void end() {
        tell((key, entry) -> {
            EvictionOrder order = host.cache(key.cache()).evictions();
            if (order != null) {
                order.removed(key);
            }
        });
    }

    private void tell(BiConsumer<EntryKey, StoredEntry> teller) {
        // To look at all entries takes a while, which those who have no bounds should not pay for.
        boolean anyIsBounded =
                copy.caches().stream().anyMatch(number -> host.cache(number).evictions() != null);
        if (anyIsBounded) {
            copy.forEach(teller);
        }
    }

    /** Tells what a key has by now, if its cache has bounds. */
    void changed(EntryKey key) {
        HostedCache cache = host.cache(key.cache());
        EvictionOrder order = cache.evictions();
        if (order == null) {
            return;
        }
        StoredEntry entry = copy.find(key);
        if (entry == null) {
            order.removed(key);
        } else {
            order.stored(key, cache.weight(key, entry.value()));
        }
    }
}
