package io.fyercache.hibernate.slot;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A move of one slot, as a value: decided by the slot and its own components alone, wherever the key is, and carried out by {@link SlotProcessor}.
 *
 * <p>Immutable. Operations travel to the members of a cluster.
 */
public sealed interface SlotOperation extends Serializable {

    /**
     * Returns what is to be kept.
     *
     * @param present what is kept; null if the key is free
     * @param changedAt when the key, or the whole region, was last changed as far as is known here; {@link RecentChanges#NEVER} if it was not.
     *     It stands in for a slot that has been evicted, and so counts for free keys
     * @return the slot of the key from now on, {@code present} itself if it stays as it is; null to free the key
     */
    @Nullable
    Slot decide(@Nullable Slot present, long changedAt);

    private static long knownChange(@Nullable Slot present, long changedAt) {
        return present == null ? changedAt : present.timestamp();
    }

    /**
     * A load offers what it has found.
     *
     * @param loadedFrom when its session began, less the most that two members' clocks differ by
     * @param item what is kept if the offer is taken
     */
    record OfferLoaded(CachedItem item, long loadedFrom) implements SlotOperation {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Slot decide(@Nullable Slot present, long changedAt) {
            if (present == null) {
                return loadedFrom > changedAt ? item : null;
            }
            return present.isReplaceableBy(loadedFrom, item.version(), item.fingerprint())
                    ? item.since(present.timestamp())
                    : present;
        }
    }

    /**
     * An insert has been committed. It takes a free key only: whatever is there is of somebody who came later, but for an item that is known to be
     * older. That is of a row that somebody has deleted without telling the cache, and goes.
     *
     * @param insertedFrom when its session began, less the most that two members' clocks differ by
     */
    record OfferInserted(CachedItem item, long insertedFrom) implements SlotOperation {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Slot decide(@Nullable Slot present, long changedAt) {
            if (present instanceof CachedItem older && older.timestamp() < insertedFrom) {
                return null;
            }
            return present == null && insertedFrom > changedAt ? item : present;
        }
    }

    /**
     * A transaction is about to change what the key stands for.
     *
     * @param version the one that it has found; null if there are no versions
     * @param now when it asks
     */
    record TakeHold(Hold hold, @Nullable Object version, long now) implements SlotOperation {
        private static final long serialVersionUID = 1L;

        @Override
        public Slot decide(@Nullable Slot present, long changedAt) {
            return present instanceof LockedKey locked
                    ? locked.and(hold, version, now)
                    : LockedKey.by(
                            hold,
                            Versions.newest(version, present == null ? null : present.version()),
                            knownChange(present, changedAt));
        }
    }

    /**
     * The transaction has ended.
     *
     * @param now when; a load that begins later sees its outcome
     * @param outcome what it has committed, kept if nobody else had a hold meanwhile; null if it was rolled back, or has left nothing to keep
     */
    record EndHold(Hold.Name name, long now, @Nullable CachedItem outcome) implements SlotOperation {
        private static final long serialVersionUID = 1L;

        @Override
        public Slot decide(@Nullable Slot present, long changedAt) {
            // Others may have been over later, and have said so before.
            long over = Math.max(now, knownChange(present, changedAt));
            if (!(present instanceof LockedKey locked)) {
                // Evicted, or taken for dead. What is there now may be older than what has just been committed.
                return new ReleasedKey(over, present == null ? null : present.version());
            }
            boolean held = locked.isHeldBy(name);
            List<Hold> others = locked.without(name, now);
            if (!others.isEmpty() || locked.isSealed(now)) {
                return new LockedKey(others, locked.sealedUntil(), true, locked.version(), over);
            }
            return held && !locked.shared() && outcome != null
                    ? outcome.since(over)
                    : new ReleasedKey(over, locked.version());
        }
    }

    /** The entry is to go, unless a soft lock is there already, which keeps it from being read as well. */
    record DropItem() implements SlotOperation {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Slot decide(@Nullable Slot present, long changedAt) {
            return present instanceof CachedItem ? null : present;
        }
    }
}
