package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.topology.KeyHash;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * In which buckets a backup holds effects of which it does not know that they are committed (M22). One thread counts, any may ask. Who asks first
 * and then reads an entry finds the effect, or was there before the backup had it, and so before anybody was told of it.
 */
public final class UnsettledBuckets {
    private final AtomicIntegerArray effects = new AtomicIntegerArray(KeyHash.BUCKETS);

    /** Counts an entry of the log. To be called before it is acknowledged. */
    public void added(LogEntry entry) {
        for (Effect effect : entry.effects()) {
            effects.incrementAndGet(effect.key().bucket());
        }
    }

    /** Counts it no more. To be called when it has been carried out. */
    public void settled(LogEntry entry) {
        for (Effect effect : entry.effects()) {
            effects.decrementAndGet(effect.key().bucket());
        }
    }

    /** Tells whether there may be one on the entry of a key. */
    boolean mayConcern(EntryKey key) {
        return effects.get(key.bucket()) != 0;
    }
}
