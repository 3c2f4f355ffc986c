package io.fyercache.hibernate.slot;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A soft lock: transactions are changing what the key stands for, and until they have ended nothing is read or kept.
 *
 * <p>Each transaction has a hold of its own, with its own deadline, so that one that is never ended does not outlive it because others come.
 *
 * @param holds at most {@link #MAX_HOLDS}; none only if the key is sealed
 * @param sealedUntil until when the key stays locked whatever becomes of the holds; {@link #NOT_SEALED} if it is up to them
 * @param shared whether there has been a second hold while one was there. Nobody knows then whose commit was the last
 * @param version the newest version that a holder has found
 * @param timestamp a load that began later has seen all changes that are over, as far as is known here
 */
public record LockedKey(
        List<Hold> holds,
        long sealedUntil,
        boolean shared,
        @Nullable Object version,
        long timestamp) implements Slot {
    private static final long serialVersionUID = 1L;

    /**
     * Holds on one key at a time. There are as many as transactions that have changed a row and have not ended, which the row's lock in the
     * database keeps near one; the bound keeps a slot small. Those beyond are not written down: the key is sealed until their deadline.
     */
    public static final int MAX_HOLDS = 64;

    /** No timestamp is below it. */
    public static final long NOT_SEALED = 0;

    /** Copies the holds. */
    public LockedKey {
        holds = List.copyOf(holds);
    }

    /** Returns the lock of a key that was free, or had an entry. */
    static LockedKey by(Hold hold, @Nullable Object version, long timestamp) {
        return new LockedKey(List.of(hold), NOT_SEALED, false, version, timestamp);
    }

    boolean isHeldBy(Hold.Name name) {
        return holds.stream().anyMatch(hold -> hold.name().equals(name));
    }

    /** Returns this with one hold more, without those that are over at {@code now}. */
    LockedKey and(Hold hold, @Nullable Object itsVersion, long now) {
        Object newest = Versions.newest(version, itsVersion);
        List<Hold> open = holds.stream().filter(each -> !each.isOver(now)).toList();
        return open.size() < MAX_HOLDS
                ? new LockedKey(
                        Stream.concat(open.stream(), Stream.of(hold)).toList(), sealedUntil, true, newest, timestamp)
                : new LockedKey(open, Math.max(sealedUntil, hold.deadline()), true, newest, timestamp);
    }

    /** Returns the holds that are left at {@code now} when {@code name} has ended its own. */
    List<Hold> without(Hold.Name name, long now) {
        return holds.stream()
                .filter(hold -> !hold.name().equals(name) && !hold.isOver(now))
                .toList();
    }

    boolean isSealed(long timestamp) {
        return timestamp <= sealedUntil;
    }

    /** True if the load began after all holds have ended by themselves: their transactions are taken for dead. */
    @Override
    public boolean isReplaceableBy(long loadedFrom, @Nullable Object loadedVersion, long fingerprint) {
        return !isSealed(loadedFrom) && holds.stream().allMatch(hold -> hold.isOver(loadedFrom));
    }
}
