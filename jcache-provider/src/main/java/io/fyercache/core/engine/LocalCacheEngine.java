package io.fyercache.core.engine;

import io.fyercache.core.entry.AdjustableExpiry;
import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.entry.Vacancy;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.operation.OperationApplier;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.EntryStore;
import io.fyercache.core.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a cache in this JVM. An operation takes one of two ways:
 *
 * <ul>
 *   <li><b>plain</b>: no user code has to run, so it is decided and done under the entry's monitor, in nanoseconds;
 *   <li><b>held</b>: a loader, writer, processor, custom expiry policy or listener has a say, so the key is held meanwhile, no lock is
 *       owned, and nobody but writers of the same key waits.
 * </ul>
 *
 * <p>Both run the same {@link OperationApplier}. Reads of live values take neither way and wait for nobody.
 */
final class LocalCacheEngine implements OutdatableEngine {
    private final CacheDefinition definition;
    private final EntryStore store;
    private final CacheCounters counters;
    private final Clock clock;
    private final Expiry expiry;

    /** Whether a use may move the deadline of an entry; follows {@link #expiry}. */
    private volatile boolean touches;

    /** Whether a use may have a value loaded anew; follows the settings of {@link #loads}. */
    private volatile boolean refreshes;

    private final UserCodeDecisions decisions;
    private final MovingMaximum maximum;
    private final EntryMaker maker;
    private final PlainOperations plain;
    private final HeldOperations held;
    private final KeyHolds holds;
    private final ChangeDelivery changes;
    private final @Nullable LoadCoordinator loads;
    private final @Nullable LoadedValues loaded;
    private final BatchWrites batches;
    private final Consumer<LocalCacheEngine> onClose;

    LocalCacheEngine(
            CacheDefinition definition,
            EntryStore store,
            CacheCounters counters,
            Clock clock,
            HoldWaits waits,
            @Nullable LoadCoordinator loads,
            Consumer<LocalCacheEngine> onClose) {
        this.definition = definition;
        this.store = store;
        this.counters = counters;
        this.clock = clock;
        this.expiry = definition.expiry();
        this.touches = expiry.changesOnAccess();
        this.maximum = new MovingMaximum(store, clock, definition.bounds().maximum());
        OperationApplier applier = new OperationApplier(expiry, definition.form());
        this.decisions = new UserCodeDecisions(definition, applier, loads);
        this.maker = new EntryMaker(expiry, clock);
        this.plain = new PlainOperations(store, definition.form(), applier, maker, counters);
        this.holds = new KeyHolds(store, definition.form(), maker, waits);
        this.changes = new ChangeDelivery(holds, definition.listeners(), definition.form());
        this.held = new HeldOperations(decisions, applier, maker, holds, changes, loads, counters);
        this.loads = loads;
        this.loaded = loads == null
                ? null
                : new LoadedValues(held, holds, changes, waits, loads, expiry, definition.form(), clock);
        this.refreshes = loads != null && loads.settings().refreshAhead() > 0;
        this.batches = new BatchWrites(held, maker, holds, changes, waits);
        this.onClose = onClose;
    }

    String name() {
        return definition.name();
    }

    /** Returns what loads for this cache, null if it has no loader; for tests. */
    @Nullable
    LoadCoordinator loads() {
        return loads;
    }

    // ---- reading
    // ----------------------------------------------------------------------------------------------------------------

    @Override
    public @Nullable Object get(Object key) {
        Object value = read(key);
        if (value != null) {
            counters.hit();
            return value;
        }
        counters.miss();
        return readsThrough() ? Objects.requireNonNull(loaded).get(key) : null;
    }

    private boolean readsThrough() {
        return definition.reading() == CacheDefinition.Reading.THROUGH && loaded != null;
    }

    /** Returns the live value of the key and counts as an access for the expiry policy; null if there is none. Never waits. */
    @Nullable
    Object read(Object key) {
        for (CacheEntry entry = store.find(key); entry != null; entry = successor(key, entry)) {
            Object value = access(key, entry);
            if (value != null || !entry.isDead()) {
                return value;
            }
        }
        return null;
    }

    /** Returns the entry that took the place of a dead one, when it was given room for a deadline or the key was put anew; or null. */
    private @Nullable CacheEntry successor(Object key, CacheEntry dead) {
        CacheEntry found = store.find(key);
        return found == dead ? null : found;
    }

    private @Nullable Object access(Object key, CacheEntry entry) {
        while (true) {
            // The deadline is read before the value: see CacheEntry.
            long deadline = entry.deadlineMillis();
            if (deadline == Expiry.NEVER && !touches) {
                return entry.visible();
            }
            long now = clock.millis();
            if (deadline <= now) {
                if (!readsThrough()) {
                    expire(entry, now);
                }
                if (entry.isExpiredAt(now)) {
                    return null;
                }
                continue; // Somebody gave it more time, or a new value, between the two looks.
            }
            if (entry.visible() == null) {
                return null; // A miss that is remembered must not live longer because it is asked for.
            }
            boolean stale = loaded != null && loaded.servesStale(key, deadline);
            long next = touches && !stale ? expiry.afterAccess(now) : Expiry.UNCHANGED;
            if (next == Expiry.UNCHANGED || next == deadline || entry.touch(deadline, next)) {
                Object value = entry.visible();
                if (next != Expiry.NEVER && next != Expiry.UNCHANGED && entry.isEternal()) {
                    giveDeadline(entry, next);
                }
                if (refreshes && !stale && value != null) {
                    Objects.requireNonNull(loaded).refreshIfOld(entry, value, deadline, now);
                }
                return value;
            }
        }
    }

    /** Of an entry from before the cache had a policy by which it expires, which has no room for a deadline; one that is held waits for its next use. */
    private void giveDeadline(CacheEntry entry, long deadlineMillis) {
        if (!entry.isHeld() && holds.holdPresent(entry) instanceof HeldKey hold && hold.isMine()) {
            try {
                held.moveDeadline(hold, deadlineMillis);
            } finally {
                changes.letGo(hold);
            }
        }
    }

    @Override
    public boolean containsKey(Object key) {
        for (CacheEntry entry = store.find(key); entry != null; entry = successor(key, entry)) {
            if (peek(entry) != null) {
                return true;
            }
            if (!entry.isDead()) {
                return false;
            }
        }
        return false;
    }

    /** Returns the live value of the entry without counting as an access. */
    @Nullable
    Object peek(CacheEntry entry) {
        return isDue(entry) ? null : entry.visible();
    }

    private boolean isDue(CacheEntry entry) {
        long deadline = entry.deadlineMillis();
        return deadline != Expiry.NEVER && deadline <= clock.millis();
    }

    @Override
    public Map<Object, Object> getAll(Collection<?> keys) {
        Map<Object, Object> found = new HashMap<>(keys.size() * 2);
        List<Object> missing = new ArrayList<>();
        for (Object key : keys) {
            Object value = read(key);
            if (value != null) {
                counters.hit();
                found.put(key, value);
            } else {
                counters.miss();
                missing.add(key);
            }
        }
        if (!missing.isEmpty() && readsThrough()) {
            found.putAll(Objects.requireNonNull(loaded).together(missing, EntryOperation.Load.Existing.KEEP));
        }
        return found;
    }

    // ---- changing one key
    // -------------------------------------------------------------------------------------------------------

    @Override
    public @Nullable Object execute(Object key, EntryOperation operation) {
        return isHeld(operation) ? held.execute(key, operation) : executePlain(key, operation);
    }

    private boolean isHeld(EntryOperation operation) {
        // Comparing values is foreign code too, and must not run under an entry's monitor.
        return decisions.concern(operation)
                || operation instanceof ReplaceIfEqual
                || operation instanceof RemoveIfEqual
                || !(definition.listeners().isEmpty() || operation instanceof Invalidate);
    }

    private @Nullable Object executePlain(Object key, EntryOperation operation) {
        Object result = plain.execute(key, operation);
        return result == PlainOperations.NEEDS_HOLD ? held.execute(key, operation) : result;
    }

    // ---- expiry
    // -------------------------------------------------------------------------------------------------------------------

    /** Takes the entry out if its deadline has come by {@code nowMillis} and nobody holds its key. */
    private void expire(CacheEntry entry, long nowMillis) {
        if (entry.isHeld()) {
            return; // Its owner will find out.
        }
        if (!definition.listeners().isEmpty()) {
            if (holds.holdPresent(entry) instanceof HeldKey hold && hold.isMine()) {
                try {
                    held.live(hold, nowMillis);
                } finally {
                    changes.letGo(hold);
                }
            }
            return;
        }
        Object content;
        synchronized (entry) {
            if (entry.isHeld() || entry.isDead() || !entry.expire(nowMillis)) {
                return;
            }
            content = entry.killUnlessHeld();
        }
        store.discard(entry);
        if (!(content instanceof Vacancy)) {
            counters.expiry();
        }
    }

    /** Takes out what has expired, and returns how long that took, in nanoseconds. What a listener throws is added to {@code failures}. */
    long sweep(FirstFailure failures) {
        long start = clock.nanoTime();
        maximum.goOn(start);
        if (!maker.hasMadeDeadlines()) {
            return clock.nanoTime() - start;
        }
        if (loaded != null) {
            loaded.forgetPast();
        }
        long due = clock.millis()
                - (readsThrough() ? Objects.requireNonNull(loads).settings().staleOnErrorMillis() : 0);
        Iterator<CacheEntry> entries = store.iterator();
        while (entries.hasNext()) {
            CacheEntry next = entries.next();
            if (next.isExpiredAt(due)) {
                failures.during(() -> expire(next, due));
            }
        }
        return clock.nanoTime() - start;
    }

    // ---- other settings
    // ----------------------------------------------------------------------------------------------------------------

    /** A smaller maximum is reached by the sweeper, in steps. */
    @Override
    public synchronized void adjust(AdjustedDesign design) {
        Adjustment next = design.adjustment();
        if (next.expiry() != null && expiry instanceof AdjustableExpiry adjustable) {
            if (!next.expiry().isEternal()) {
                maker.noteDeadline(); // Before anybody can need a clock.
            }
            adjustable.adjust(next.expiry());
            touches = expiry.changesOnAccess();
        }
        if (loads != null) {
            loads.adjust(next.loading());
            refreshes = next.loading().refreshAhead() > 0;
        }
        maximum.moveTo(next.maximum());
    }

    // ---- many keys
    // -----------------------------------------------------------------------------------------------------------------

    @Override
    public void putAll(Map<?, Object> entries) {
        EntryWriter writer = definition.writer();
        if (writer == null) {
            FirstFailure failures = new FirstFailure();
            entries.forEach((key, value) -> failures.during(() -> execute(key, new EntryOperation.Put(value))));
            failures.rethrow();
        } else {
            batches.putAll(entries, writer);
        }
    }

    @Override
    public void removeAll(Collection<?> keys) {
        EntryWriter writer = definition.writer();
        if (writer == null) {
            FirstFailure failures = new FirstFailure();
            keys.forEach(key -> failures.during(() -> execute(key, EntryOperation.Remove.INSTANCE)));
            failures.rethrow();
        } else {
            batches.removeAll(keys, writer);
        }
    }

    @Override
    public void removeAll() {
        List<Object> keys = new ArrayList<>();
        store.iterator().forEachRemaining(entry -> {
            // What has expired is not removed but expires, and the writer hears of neither that nor of known misses.
            if (peek(entry) != null) {
                keys.add(entry.key());
            }
        });
        if (!keys.isEmpty()) {
            removeAll(keys);
        }
    }

    @Override
    public void clear() {
        store.iterator().forEachRemaining(entry -> executePlain(entry.key(), Invalidate.INSTANCE));
    }

    @Override
    public void outdate(Object key) {
        holds.outdate(key);
    }

    @Override
    public void outdateAll() {
        store.iterator().forEachRemaining(entry -> holds.outdate(entry.key()));
    }

    @Override
    public void loadAll(Collection<?> keys, EntryOperation.Load.Existing existing) {
        if (loaded != null && !keys.isEmpty()) {
            loaded.together(keys, existing);
        }
    }

    @Override
    public Iterator<Map.Entry<Object, Object>> iterator() {
        return new LiveEntries(store.iterator(), this);
    }

    /** Returns the live value that an iteration meets, as an access; null if there is none any more. */
    @Nullable
    Object meet(CacheEntry entry) {
        Object value = access(entry.key(), entry);
        return value == null && entry.isDead() ? read(entry.key()) : value;
    }

    /** Does nothing: they are asked at each change. */
    @Override
    public void listenersChanged() {
        // See above.
    }

    @Override
    public CacheCounters counters() {
        return counters;
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public long weight() {
        return store.weight();
    }

    @Override
    public @Nullable QueuedChanges queuedChanges() {
        return definition.writer() instanceof QueueingWriter queueing ? queueing : null;
    }

    @Override
    public void close() {
        onClose.accept(this);
        if (definition.writer() instanceof QueueingWriter queueing) {
            queueing.close();
        }
    }
}
