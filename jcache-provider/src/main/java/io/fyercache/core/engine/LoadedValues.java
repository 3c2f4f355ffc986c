package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.entry.Vacancy;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.load.LoadOutcome;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a loader brings into a local cache: one load per key at a time, because the key is held; whoever asks for it meanwhile
 * waits and gets the same value, or the same exception. Several keys are loaded together without ever waiting for one key while
 * holding another. Thread-safe.
 */
final class LoadedValues {
    private final HeldOperations held;
    private final KeyHolds holds;
    private final ChangeDelivery changes;
    private final HoldWaits waits;
    private final LoadCoordinator loads;
    private final Expiry expiry;
    private final StoredForm form;
    private final Clock clock;

    LoadedValues(
            HeldOperations held,
            KeyHolds holds,
            ChangeDelivery changes,
            HoldWaits waits,
            LoadCoordinator loads,
            Expiry expiry,
            StoredForm form,
            Clock clock) {
        this.held = held;
        this.holds = holds;
        this.changes = changes;
        this.waits = waits;
        this.loads = loads;
        this.expiry = expiry;
        this.form = form;
        this.clock = clock;
    }

    /** Returns the value of a key that had none when the caller looked: from a load that is under way, or by one of its own. */
    @Nullable
    Object get(Object key) {
        return get(key, Load.Existing.KEEP);
    }

    private @Nullable Object get(Object key, Load.Existing existing) {
        while (true) {
            KeyHold hold = holds.attempt(key);
            if (hold.isMine()) {
                HeldKey mine = (HeldKey) hold;
                try {
                    return needsLoad(mine, existing) ? load(mine, existing) : mine.visible();
                } finally {
                    changes.letGo(mine);
                }
            }
            // Who wants the present value replaced wants what the loader knows now, not what a load brings that began
            // before; so does who comes after the key was outdated.
            boolean shares = existing == Load.Existing.KEEP && !hold.isOutdated();
            waits.await(hold);
            if (shares && hold instanceof HeldKey theirs && theirs.outcome != null) {
                return theirs.outcome.get();
            }
        }
    }

    /** Tells whether the loader must be asked for a held key. */
    private boolean needsLoad(HeldKey hold, Load.Existing existing) {
        boolean due = hold.entry.isExpiredAt(clock.millis());
        if (existing != Load.Existing.KEEP || due) {
            return true;
        }
        return hold.visible() == null && hold.vacancy() != Vacancy.KNOWN_MISS;
    }

    private @Nullable Object load(HeldKey hold, Load.Existing existing) {
        LoadOutcome outcome;
        try {
            outcome = new LoadOutcome(loads.load(hold.key()), null);
        } catch (RuntimeException e) {
            outcome = failed(hold, e, existing);
        }
        return conclude(hold, outcome, existing);
    }

    /** Loads several keys together and returns those that have a value. */
    Map<Object, Object> together(Collection<?> keys, Load.Existing existing) {
        Map<Object, Object> found = new HashMap<>(keys.size() * 2);
        List<HeldKey> mine = new ArrayList<>(keys.size());
        List<Object> asked = new ArrayList<>(keys.size());
        List<Object> others = new ArrayList<>();
        try {
            for (Object key : keys) {
                KeyHold hold = holds.attempt(key);
                if (!hold.isMine()) {
                    // Waiting for it now could mean waiting for one that waits for us.
                    others.add(key);
                    continue;
                }
                HeldKey own = (HeldKey) hold;
                if (needsLoad(own, existing)) {
                    mine.add(own);
                    asked.add(key);
                } else {
                    Object value = own.visible();
                    changes.letGo(own);
                    if (value != null) {
                        found.put(key, value);
                    }
                }
            }
            if (!mine.isEmpty()) {
                loadHeld(mine, asked, existing, found);
            }
        } finally {
            changes.letGo(mine);
        }
        for (Object key : others) {
            Object value = get(key, existing);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    /** Found are the caller's {@code asked} keys: the key of a hold can be the one that is kept, which nobody else must get at. */
    private void loadHeld(List<HeldKey> mine, List<Object> asked, Load.Existing existing, Map<Object, Object> found) {
        Map<Object, Object> loaded;
        try {
            loaded = loads.loadAll(asked);
        } catch (RuntimeException e) {
            for (int i = 0; i < mine.size(); i++) {
                LoadOutcome outcome = failed(mine.get(i), e, existing);
                mine.get(i).outcome = outcome;
                if (outcome.value() != null) {
                    found.put(asked.get(i), outcome.value());
                }
            }
            if (found.keySet().containsAll(asked)) {
                return; // Old values serve for all that were asked for.
            }
            throw e;
        }
        for (int i = 0; i < mine.size(); i++) {
            HeldKey hold = mine.get(i);
            Object value = conclude(hold, new LoadOutcome(loaded.get(hold.key()), null), existing);
            if (value != null) {
                found.put(asked.get(i), value);
            }
        }
    }

    /** Keeps what a load brought for a held key, tells those who wait, and returns it or throws what the loader threw. */
    private @Nullable Object conclude(HeldKey hold, LoadOutcome outcome, Load.Existing existing) {
        hold.outcome = outcome;
        long now = clock.millis();
        if (outcome.isStale()) {
            return outcome.get();
        }
        if (outcome.value() != null) {
            Load.Existing kept = existing == Load.Existing.KEEP ? Load.Existing.REPLACE : existing;
            held.apply(hold, new Load(outcome.value(), kept), now);
        } else {
            held.live(hold, now);
            long missMillis = loads.settings().missTimeToLiveMillis();
            if (outcome.failure() == null && missMillis > 0 && hold.visible() == null) {
                held.rememberMiss(hold, now + missMillis);
            }
        }
        return outcome.get();
    }

    /** What readers get when a load failed: the old value, for a bounded time and if the cache wants that, or the failure. */
    private LoadOutcome failed(HeldKey hold, RuntimeException failure, Load.Existing existing) {
        Object stale = hold.visible();
        if (stale == null || loads.settings().staleOnErrorMillis() == 0 || existing != Load.Existing.KEEP) {
            return new LoadOutcome(null, failure);
        }
        long now = clock.millis();
        long pause = loads.pauseReloads(form.keep(hold.key()), hold.entry.deadlineMillis(), now);
        if (pause <= now) {
            return new LoadOutcome(null, failure);
        }
        held.moveDeadline(hold, pause);
        return new LoadOutcome(stale, failure);
    }

    /** Tells whether an entry with this deadline is an old value that serves because its reload failed. */
    boolean servesStale(Object key, long deadlineMillis) {
        return loads.servesStale(key, deadlineMillis);
    }

    /** Forgets which values served stale and which loads were paused, where that is over. */
    void forgetPast() {
        loads.forgetPast(clock.millis());
    }

    /** Loads the value of an entry anew in the background if so much of its time has passed that the cache wants it. */
    void refreshIfOld(CacheEntry entry, Object value, long deadlineMillis, long nowMillis) {
        if (deadlineMillis == Expiry.NEVER) {
            return;
        }
        long full = expiry.afterCreation(nowMillis);
        if (full == Expiry.NEVER) {
            return; // A deadline of its own: how much of that time has passed is not known.
        }
        long lifetime = full - nowMillis;
        if (deadlineMillis - nowMillis > lifetime * (1 - loads.settings().refreshAhead())) {
            return;
        }
        Object kept = entry.key();
        loads.refresh(kept, fresh -> {
            if (fresh != null) {
                HeldKey hold = holds.acquire(kept);
                try {
                    // Whoever changed the value since knows better.
                    // An entry that went meanwhile was outdated, though the next one may have the same object.
                    if (hold.visible() == value && hold.entry == entry) {
                        held.apply(hold, new Load(fresh, Load.Existing.RENEW), clock.millis());
                    }
                } finally {
                    changes.letGo(hold);
                }
            }
        });
    }
}
