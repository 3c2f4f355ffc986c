package io.fyercache.sharded.engine;

import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys of one operation, and how many of them are sent to the same member (U7). Used by the router's thread. */
public final class KeyBatch {
    private final long number;
    private final List<EntryKey> keys;

    /** By member; null until the first call is made, which is at the same time as the others. */
    private @Nullable TreeMap<Incarnation, Batch> parts;

    /**
     * Makes a batch.
     *
     * @param number its own, from 1, among those that the client has under way in the cache
     * @param keys all of them, no more than {@value Batch#MAX_PARTS}
     */
    public KeyBatch(long number, List<EntryKey> keys) {
        this.number = number;
        this.keys = keys;
    }

    /** Returns which part the call about a key is of. */
    public Batch partOf(RequestRouter router, EntryKey key) {
        TreeMap<Incarnation, Batch> known = parts;
        if (known == null) {
            known = new TreeMap<>();
            for (EntryKey each : keys) {
                Incarnation primary = router.primaryOf(each);
                if (primary != null) {
                    known.merge(primary, new Batch(number, 1), (sum, one) -> new Batch(number, sum.parts() + 1));
                }
            }
            parts = known;
        }
        Incarnation primary = router.primaryOf(key);
        Batch batch = primary == null ? null : known.get(primary);
        return batch == null ? new Batch(number, 0) : batch;
    }
}
