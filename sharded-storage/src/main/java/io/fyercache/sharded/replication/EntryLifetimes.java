package io.fyercache.sharded.replication;

import io.fyercache.core.entry.Expiry;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** How a primary lets entries live on by being read (E3), and takes out those that have expired (E1). Used by one thread. */
final class EntryLifetimes {
    private final PrimaryLog log;
    private final Touches touches;
    private final ExpirySweep sweep;

    EntryLifetimes(PrimaryLog log, ExpirySweep sweep) {
        this.log = log;
        this.touches = log.newest().touches();
        this.sweep = sweep;
    }

    /**
     * E3: counts a read as a use of an entry; returns the entry of the log that says so and must be committed first, 0 for none.
     *
     * @param deadlineMillis what the cache's expiry policy says; {@link Expiry#UNCHANGED} for the deadline that it has
     */
    long touch(EntryKey key, StoredEntry entry, long deadlineMillis, long partitionMillis) {
        if (deadlineMillis == Expiry.UNCHANGED || deadlineMillis == entry.deadlineMillis()) {
            return 0;
        }
        if (deadlineMillis < entry.deadlineMillis() || deadlineMillis == Expiry.NEVER) {
            // No successor could allow for what it does not know of.
            return log.append(partitionMillis, List.of(new Effect.Prolong(key, deadlineMillis)));
        }
        if (!touches.add(key, deadlineMillis, partitionMillis)) {
            sendTouches(partitionMillis);
        }
        return 0;
    }

    /** Lets the log have all touches. */
    void sendTouches(long partitionMillis) {
        List<Effect> effects = touches.take();
        if (!effects.isEmpty()) {
            log.append(partitionMillis, effects);
        }
    }

    /** Does what is due: touches that have waited for long enough, and a part of the entries that have expired, those of held keys aside. */
    void onTick(long nowNanos, long partitionMillis, Predicate<EntryKey> isHeld) {
        if (log.isFull()) {
            return; // It can wait until there is room.
        }
        if (touches.areDue(partitionMillis)) {
            sendTouches(partitionMillis);
        }
        List<Effect> removals = new ArrayList<>();
        for (EntryKey key : sweep.next(nowNanos, partitionMillis)) {
            StoredEntry entry = log.newest().find(key).entry();
            if (entry != null && entry.isExpiredAt(partitionMillis) && !isHeld.test(key)) {
                removals.add(PrimaryLog.expiry(key));
            }
        }
        if (!removals.isEmpty()) {
            log.append(partitionMillis, removals);
        }
    }
}
