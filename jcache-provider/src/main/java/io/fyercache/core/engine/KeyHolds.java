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
            KeyHold hold = entry == null ? holdAbsent(key) : holdPresent(key, entry);
            if (hold != null) {
                return hold;
            }
        }
    }

    /** As {@link #attempt}, for an entry that was found; null if it has left the store. */
    @Nullable
    KeyHold holdPresent(Object key, CacheEntry entry) {
        KeyHold hold;
        if (entry.isEternal()) {
            hold = swapIn(key, entry);
        } else {
            synchronized (entry) {
                hold = swapIn(key, entry);
            }
        }
        if (hold == null) {
            store.discard(key, entry);
            return null;
        }
        return hold;
    }

    /** Puts a new hold into the slot and returns it, or the one that stands there already; null if the entry is dead. */
    private static @Nullable KeyHold swapIn(Object key, CacheEntry entry) {
        while (true) {
            Object slot = entry.slot();
            if (slot instanceof KeyHold standing) {
                return standing.isMine() ? nested((HeldKey) standing) : standing;
            }
            if (slot == Vacancy.DEAD) {
                return null;
            }
            boolean miss = slot == Vacancy.KNOWN_MISS;
            HeldKey hold = new HeldKey(key, entry, miss ? null : slot);
            hold.vacancy = miss ? Vacancy.KNOWN_MISS : null;
            if (entry.swap(slot, hold)) {
                return hold;
            }
        }
    }

    private @Nullable KeyHold holdAbsent(Object key) {
        Object kept = form.keep(key);
        // Entry and hold know each other; the placeholder is gone before anybody can meet it.
        CacheEntry fresh = maker.make(Vacancy.DEAD, Expiry.NEVER);
        HeldKey hold = new HeldKey(kept, fresh, null);
        fresh.release(hold);
        try {
            return store.insert(kept, fresh) == null ? hold : null;
        } catch (RuntimeException | Error e) {
            // The stack or the memory ran out, perhaps after the entry was in: a hold that nobody has must not stay.
            synchronized (fresh) {
                fresh.kill();
            }
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

    /** Sets the deadline of a held entry, moving the key to an entry with room for one where need be. */
    void setDeadline(HeldKey hold, long deadlineMillis) {
        CacheEntry present = hold.entry;
        if (!present.canExpireAt(deadlineMillis)) {
            CacheEntry roomy = CacheEntry.expiring(hold, deadlineMillis);
            store.exchange(hold.key, present, roomy);
            hold.entry = roomy;
            // Whoever found the old entry in between met the same hold in it, and looks again once it is dead.
            synchronized (present) {
                present.kill();
            }
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
        Object value = hold.visible();
        if (value == null) {
            value = hold.vacancy;
        }
        // No monitor: nobody else leaves a hold that stands in a slot.
        if (value == null) {
            entry.kill();
        } else {
            entry.release(value);
        }
        // Nobody may wait for ever, whatever happens next: the store may call a user's weigher. And so far this took
        // less
        // stack than holding the key did, so that even a stack overflow in user code leaves enough to come here.
        hold.signalReleased();
        if (value == null) {
            store.discard(hold.key, entry);
        } else {
            store.changed(hold.key, entry);
        }
    }
}
