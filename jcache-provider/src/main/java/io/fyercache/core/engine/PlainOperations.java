package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.operation.Decision.Effect;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.OperationApplier;
import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.EntryStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations in which no user code has a say: decided and done at once, without waiting for anybody. An entry without deadline is
 * changed by one compare-and-set, one with a deadline under its monitor, because slot and deadline belong together. Thread-safe.
 */
final class PlainOperations {

    /** The result of an operation that did nothing yet: its key is held, or remembered as missing, or needs room for a deadline. */
    static final Object NEEDS_HOLD = new Object();

    /** The result of an attempt that lost against another thread. */
    private static final Object AGAIN = new Object();

    private final EntryStore store;
    private final StoredForm form;
    private final OperationApplier applier;
    private final EntryMaker maker;
    private final CacheCounters counters;

    PlainOperations(
            EntryStore store, StoredForm form, OperationApplier applier, EntryMaker maker, CacheCounters counters) {
        this.store = store;
        this.form = form;
        this.applier = applier;
        this.maker = maker;
        this.counters = counters;
    }

    /** Runs {@code operation} and returns its result, or {@link #NEEDS_HOLD}. */
    @Nullable
    Object execute(Object key, EntryOperation operation) {
        long now = maker.now();
        while (true) {
            CacheEntry entry = store.find(key);
            Object result;
            if (entry == null) {
                result = onAbsent(key, operation, now);
            } else if (entry.isEternal()) {
                result = onEternal(entry, operation, now);
            } else {
                result = onExpiring(entry, operation, now);
            }
            if (result != AGAIN) {
                return result;
            }
        }
    }

    private @Nullable Object onAbsent(Object key, EntryOperation operation, long nowMillis) {
        Decision decision = applier.decide(operation, null, nowMillis);
        if (decision.effect() == Effect.STORE) {
            CacheEntry fresh =
                    maker.make(form.keep(key), Objects.requireNonNull(decision.value()), decision.deadlineMillis());
            if (store.insert(fresh) != null) {
                return AGAIN;
            }
        }
        decision.countIn(counters);
        return decision.result();
    }

    private @Nullable Object onEternal(CacheEntry entry, EntryOperation operation, long nowMillis) {
        Object seen = entry.unheldValue();
        if (seen == null) {
            return withoutValue(entry);
        }
        Decision decision = applier.decide(operation, seen, nowMillis);
        Effect effect = decision.effect();
        if (effect == Effect.STORE) {
            long deadline = decision.deadlineMillis();
            if (deadline != Expiry.UNCHANGED && deadline != Expiry.NEVER) {
                return NEEDS_HOLD;
            }
            if (!entry.swap(seen, Objects.requireNonNull(decision.value()))) {
                return AGAIN;
            }
            store.changed(entry);
        } else if (effect == Effect.REMOVE) {
            if (!entry.kill(seen)) {
                return AGAIN;
            }
            store.discard(entry);
        }
        decision.countIn(counters);
        return decision.result();
    }

    private @Nullable Object onExpiring(CacheEntry entry, EntryOperation operation, long nowMillis) {
        Object value;
        Decision decision = null;
        synchronized (entry) {
            value = entry.unheldValue();
            if (value != null) {
                if (entry.expire(nowMillis)) {
                    entry.kill(value);
                } else {
                    decision = applier.decide(operation, value, nowMillis);
                    carryOut(decision, entry, value);
                }
            }
        }
        if (value == null) {
            return withoutValue(entry);
        }
        if (decision == null) {
            store.discard(entry);
            counters.expiry();
            return AGAIN;
        }
        if (decision.effect() == Effect.STORE) {
            store.changed(entry);
        } else if (decision.effect() == Effect.REMOVE) {
            store.discard(entry);
        }
        decision.countIn(counters);
        return decision.result();
    }

    /** Does what was decided for an entry whose monitor is owned and which has room for a deadline. */
    private static void carryOut(Decision decision, CacheEntry entry, Object value) {
        if (decision.effect() == Effect.REMOVE) {
            entry.kill(value);
            return;
        }
        if (decision.effect() == Effect.STORE) {
            entry.replace(Objects.requireNonNull(decision.value()));
        }
        if (decision.effect() != Effect.NONE && decision.deadlineMillis() != Expiry.UNCHANGED) {
            entry.setDeadline(decision.deadlineMillis());
        }
    }

    private Object withoutValue(CacheEntry entry) {
        if (!entry.isDead()) {
            return NEEDS_HOLD;
        }
        store.discard(entry);
        return AGAIN;
    }
}
