package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cache for which the loader lately knew no value, so that it is not asked again for a while (U8). Only the primary remembers them,
 * for its epoch: whatever may bring a value passes there, and makes it forget.
 *
 * <p>Thread-safe: user code remembers, and the thread of the partitions forgets.
 */
final class KnownMisses {
    /** Keys that are remembered for one cache on a member, the latest ones: with keys of a hundred bytes some megabytes. */
    static final int MAX_KEYS = 16_384;

    /** 0 if none is remembered; then nobody looks. Changes with the monitor of this. */
    private volatile long millis;

    private final Map<EntryKey, Miss> misses = new LinkedHashMap<>();

    /** That there was nothing, in an epoch of the key's partition and until a time of the same. */
    private record Miss(long epoch, long untilMillis) {}

    /**
     * Makes an empty one.
     *
     * @param millis how long a miss is remembered, in milliseconds of the partition's time; 0 for not at all
     */
    KnownMisses(long millis) {
        this.millis = millis;
    }

    /** Remembers misses for another time from now on; those that are remembered stay for theirs, unless it is none at all. */
    synchronized void adjust(long nextMillis) {
        millis = nextMillis;
        if (millis == 0) {
            misses.clear();
        }
    }

    /** Tells whether the loader need not be asked for the key of a call. */
    boolean contains(UserCodeCall call) {
        Miss miss = millis == 0 ? null : find(call.key());
        return miss != null && miss.epoch() == call.epoch() && call.partitionMillis() < miss.untilMillis();
    }

    private synchronized @Nullable Miss find(EntryKey key) {
        return misses.get(key);
    }

    /** Remembers that the loader knew nothing when it was asked for the key of a call. */
    synchronized void remember(UserCodeCall call) {
        if (millis > 0) {
            misses.remove(call.key()); // It is the latest again.
            misses.put(call.key(), new Miss(call.epoch(), call.partitionMillis() + millis));
            if (misses.size() > MAX_KEYS) {
                misses.remove(misses.keySet().iterator().next());
            }
        }
    }

    /** Forgets a key, as something has been done to its entry. A miss of the same key that is remembered was, before: the key is held meanwhile. */
    void forget(EntryKey key) {
        if (millis > 0) {
            remove(key);
        }
    }

    private synchronized void remove(EntryKey key) {
        misses.remove(key);
    }

    /** Forgets all keys. */
    synchronized void forgetAll() {
        misses.clear();
    }
}
