package io.fyercache.core.engine;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.Vacancy;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.operation.Decision.Effect;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.OperationApplier;
import io.fyercache.core.statistics.CacheCounters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations in which user code has a say: they hold the key while it runs. First the writer, which may veto; then the outcome becomes
 * visible and is counted; listeners are told when the key is let go. Thread-safe.
 */
final class HeldOperations {
    private final UserCodeDecisions decisions;
    private final OperationApplier applier;
    private final EntryMaker maker;
    private final KeyHolds holds;
    private final ChangeDelivery changes;
    private final @Nullable LoadCoordinator loads;
    private final CacheCounters counters;

    HeldOperations(
            UserCodeDecisions decisions,
            OperationApplier applier,
            EntryMaker maker,
            KeyHolds holds,
            ChangeDelivery changes,
            @Nullable LoadCoordinator loads,
            CacheCounters counters) {
        this.decisions = decisions;
        this.applier = applier;
        this.maker = maker;
        this.holds = holds;
        this.changes = changes;
        this.loads = loads;
        this.counters = counters;
    }

    /** Runs {@code operation} with the key held and returns its result. */
    @Nullable
    Object execute(Object key, EntryOperation operation) {
        HeldKey hold = holds.acquire(key);
        int nesting = hold.nesting;
        try {
            return execute(hold, key, operation);
        } catch (StackOverflowError e) {
            // There may not have been enough of it to let the key go, nor is there now to call anything.
            if (nesting == 0) {
                hold.lost = true;
            } else {
                hold.nesting = nesting - 1;
            }
            throw e;
        }
    }

    private @Nullable Object execute(HeldKey hold, Object key, EntryOperation operation) {
        try {
            long now = maker.now();
            Object current = live(hold, now);
            Decision decision = decisions.decide(key, operation, current, now);
            commit(hold, current, decision);
            if (operation instanceof Invalidate) {
                hold.setVacancy(Vacancy.DEAD); // What is known of the key is forgotten, that it has no value too.
            }
            return decision.result();
        } finally {
            changes.letGo(hold);
        }
    }

    // Of keys that the caller holds:

    /** Returns the live value of a held key; one that is due expires now, and listeners are told. */
    @Nullable
    Object live(HeldKey hold, long nowMillis) {
        Object value = hold.visible();
        if (value == null || !hold.entry.expire(nowMillis)) {
            return value;
        }
        hold.commit(null);
        counters.expiry();
        changes.note(hold, EntryChange.Kind.EXPIRED, value, value);
        return null;
    }

    /** Decides what {@code operation} does to a held key, without writing through, and does it. */
    void apply(HeldKey hold, EntryOperation operation, long nowMillis) {
        Object current = live(hold, nowMillis);
        commit(hold, current, applier.decide(operation, current, nowMillis));
    }

    private void commit(HeldKey hold, @Nullable Object current, Decision decision) {
        switch (decision.effect()) {
            case STORE -> {
                hold.commit(decision.value());
                hold.setVacancy(Vacancy.DEAD);
                moveDeadline(hold, decision.deadlineMillis());
            }
            case TOUCH -> {
                if (loads == null || !loads.servesStale(hold.key(), hold.entry.deadlineMillis())) {
                    moveDeadline(hold, decision.deadlineMillis());
                }
            }
            case REMOVE -> hold.commit(null);
            case NONE -> {}
        }
        decision.countIn(counters);
        if (decision.change() != null) {
            boolean gone = decision.effect() == Effect.REMOVE;
            Object value = Objects.requireNonNull(gone ? current : decision.value());
            Object old = decision.effect() == Effect.NONE ? value : current;
            changes.note(hold, decision.change(), value, old);
        }
    }

    /** Remembers until {@code deadlineMillis} that the loader knows no value for a held key. */
    void rememberMiss(HeldKey hold, long deadlineMillis) {
        moveDeadline(hold, deadlineMillis);
        hold.setVacancy(Vacancy.KNOWN_MISS);
    }

    /** Lets the value of a held key live until {@code deadlineMillis}; {@link Expiry#UNCHANGED} leaves it as it is. */
    void moveDeadline(HeldKey hold, long deadlineMillis) {
        if (deadlineMillis != Expiry.UNCHANGED) {
            if (deadlineMillis != Expiry.NEVER) {
                maker.noteDeadline();
            }
            holds.setDeadline(hold, deadlineMillis);
        }
    }
}
