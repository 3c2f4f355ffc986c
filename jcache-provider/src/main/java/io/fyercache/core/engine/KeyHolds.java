package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.entry.KeyDeadlockException;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.entry.Vacancy;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.store.EntryStore;
import org.jspecify.annotations.Nullable;

/**
 * Holding keys of one store, and letting them go. A key without entry gets one to hold it by, which goes again if it stays without
 * value. Thread-safe.
 */
final class KeyHolds {

    /** How many operations listeners may run on the key they are told of, within the one that they are told of: more never end. */
    static final int MAX_NESTED_OPERATIONS = 1_000;

    private final EntryStore store;
    private final StoredForm form;
    private final EntryMaker maker;
    private final HoldWaits waits;

    KeyHolds(EntryStore store, StoredForm form, EntryMaker maker, HoldWaits waits) {
        this.store = store;
        this.form = form;
        this.maker = maker;
        this.waits = waits;
    }

    /**
     * Holds {@code key}, waiting for whoever holds it now.
     *
     * @throws KeyDeadlockException if that wait would never end
     */
    HeldKey acquire(Object key) {
        KeyHold hold = attempt(key);
        while (!hold.isMine()) {
            waits.await(hold);
            hold = attempt(key);
        }
        return (HeldKey) hold;
    }

    /**
     * Holds {@code key} if nobody does, without waiting.
     *
     * @return the calling thread's hold, or that of another thread
     * @throws KeyDeadlockException if the calling thread holds the key already, and not for listeners
     */
    KeyHold attempt(Object key) {
        while (true) {
            CacheEntry entry = store.find(key);
            KeyHold hold = entry == null ? holdAbsent(key) : holdPresent(entry);
            if (hold != null) {
                return hold;
            }
        }
    }

    /** As {@link #attempt}, for an entry that was found; null if it has left the store. */
    @Nullable
    KeyHold holdPresent(CacheEntry entry) {
        KeyHold standing = entry.hold();
        if (standing != null && standing.isLost()) {
            recover(entry, (HeldKey) standing);
            return null;
        }
        if (standing != null) {
            return standing.isMine() ? nested((HeldKey) standing) : standing;
        }
        HeldKey mine = new HeldKey(entry);
        try {
            if (entry.isEternal()) {
                standing = entry.take(mine);
            } else {
                synchronized (entry) {
                    standing = entry.take(mine);
                }
            }
        } catch (StackOverflowError e) {
            mine.lost = true; // It may have been taken.
            throw e;
        }
        if (standing == null) {
            store.discard(entry);
        }
        return standing;
    }

    private @Nullable KeyHold holdAbsent(Object key) {
        CacheEntry fresh = maker.make(form.keep(key), Vacancy.DEAD, Expiry.NEVER);
        HeldKey hold = new HeldKey(fresh);
        fresh.takeAtBirth(hold);
        try {
            return store.insert(fresh) == null ? hold : null;
        } catch (RuntimeException | Error e) {
            // The stack or the memory ran out, perhaps after the entry was in: a hold that nobody has must not stay.
            hold.lost = true;
            fresh.release(Vacancy.DEAD);
            hold.signalReleased();
            throw e;
        }
    }

    private static HeldKey nested(HeldKey hold) {
        if (!hold.isNotifying()) {
            throw new KeyDeadlockException(hold.owner());
        }
        if (++hold.nestedOperations > MAX_NESTED_OPERATIONS) {
            throw new IllegalStateException(
                    "listeners changed the key that they were told of " + MAX_NESTED_OPERATIONS
                            + " times within one operation (expected: an end); let a listener ignore the changes it makes itself");
        }
        hold.nesting++;
        return hold;
    }

    /** Lets go of a key for its owner, who could not. What is visible stays; of what has happened to the key listeners are not told. */
    private void recover(CacheEntry entry, HeldKey hold) {
        synchronized (hold) {
            entry.recover(hold, hold.outcome());
            hold.signalReleased();
        }
        if (entry.isDead()) {
            store.discard(entry);
        }
    }

    /** Sets the deadline of a held entry, moving the key to an entry with room for one where need be. */
    void setDeadline(HeldKey hold, long deadlineMillis) {
        CacheEntry present = hold.entry;
        if (!present.canExpireAt(deadlineMillis)) {
            CacheEntry roomy = CacheEntry.expiring(present.key(), Vacancy.DEAD, deadlineMillis);
            roomy.takeAtBirth(hold);
            store.exchange(present, roomy);
            hold.entry = roomy;
            // Whoever found the old entry in between met the same hold in it, and looks again once it is dead.
            present.release(Vacancy.DEAD);
        } else {
            present.setDeadline(deadlineMillis);
        }
    }

    /** Lets the key go: what is visible now becomes the value, or the entry goes. */
    void release(HeldKey hold) {
        if (hold.nesting > 0) {
            hold.nesting--;
            return;
        }
        CacheEntry entry = hold.entry;
        Object outcome = hold.outcome();
        entry.release(outcome); // No monitor: nobody else changes a slot that is held.
        // Nobody may wait for ever, whatever happens next: the store may call a user's weigher. And so far this took
        // less
        // stack than holding the key did, so that even a stack overflow in user code leaves enough to come here.
        hold.signalReleased();
        if (outcome == Vacancy.DEAD) {
            store.discard(entry);
        } else if (hold.isOutdated()) {
            outdate(entry.key()); // It was said in the last moment.
        } else {
            store.changed(entry);
        }
    }

    /**
     * Takes the entry of a key out, without waiting for whoever holds it: then what comes of that is seen by nobody afterwards, and the entry goes when the
     * key is let go.
     */
    void outdate(Object key) {
        while (true) {
            CacheEntry entry = store.find(key);
            if (entry == null) {
                return;
            }
            Object content;
            synchronized (entry) {
                content = entry.killUnlessHeld();
            }
            if (content != entry) {
                store.discard(entry);
                if (content != Vacancy.DEAD) {
                    return;
                }
            } else if (entry.hold() instanceof HeldKey standing) {
                if (standing.isLost()) {
                    recover(entry, standing);
                } else if (standing.outdate()) {
                    return;
                }
            }
        }
    }
}
