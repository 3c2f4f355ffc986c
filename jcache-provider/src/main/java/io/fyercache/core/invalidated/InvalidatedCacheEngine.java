package io.fyercache.core.invalidated;

import io.fyercache.core.engine.AdjustedDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.FirstFailure;
import io.fyercache.core.engine.InvalidationDesign.Confirmation;
import io.fyercache.core.engine.InvalidationFigures;
import io.fyercache.core.engine.OutdatableEngine;
import io.fyercache.core.engine.QueuedChanges;
import io.fyercache.core.invalidation.EncodedKey;
import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.statistics.CacheCounters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a cache whose entries are this JVM's own, and which other processes are told of: what is changed here is changed by the engine below, and
 * then told; what is told by others is dropped there.
 *
 * <p>Told is every change that a database would be told of, also if it failed, since nobody knows then what has become of the database; and values that were
 * loaded in place of others because somebody asked for that. What is loaded because it was absent is no news to anybody.
 *
 * <p>While the process may have missed something for longer than the settings allow, whatever is in memory is dropped before it is looked for, so that each
 * read is a miss or a load. A read looks at the clock after it has found something: one that was held up before it looked cannot return what was good then.
 *
 * <p>Thread-safe.
 */
final class InvalidatedCacheEngine implements CacheEngine, InvalidationFigures {
    private final String name;
    private final OutdatableEngine local;
    private final InvalidationChannel channel;
    private final Confirmation confirmation;
    private final EncodedForm keyForm;
    private final Runnable onClose;
    private final Consumer<InvalidatedCacheEngine> onDestroy;
    private final LongAdder cleared = new LongAdder();

    InvalidatedCacheEngine(
            String name,
            OutdatableEngine local,
            InvalidationChannel channel,
            Confirmation confirmation,
            EncodedForm keyForm,
            Runnable onClose,
            Consumer<InvalidatedCacheEngine> onDestroy) {
        this.name = name;
        this.local = local;
        this.channel = channel;
        this.confirmation = confirmation;
        this.keyForm = keyForm;
        this.onClose = onClose;
        this.onDestroy = onDestroy;
    }

    String name() {
        return name;
    }

    // ---- what others have changed

    /** Drops keys. One that cannot be read here makes it all of them. */
    void outdate(List<EncodedKey> keys) {
        for (EncodedKey key : keys) {
            try {
                local.outdate(keyForm.decodeKey(key.bytes()));
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                outdateAll();
                return;
            }
        }
    }

    /** Drops all. */
    void outdateAll() {
        cleared.increment();
        local.outdateAll();
    }

    // ---- reading

    @Override
    public @Nullable Object get(Object key) {
        return read(() -> local.get(key), () -> local.outdate(key));
    }

    @Override
    public boolean containsKey(Object key) {
        return read(() -> local.containsKey(key), () -> local.outdate(key));
    }

    @Override
    public Map<Object, Object> getAll(Collection<?> keys) {
        return read(() -> local.getAll(keys), () -> keys.forEach(local::outdate));
    }

    private <T extends @Nullable Object> T read(Supplier<T> look, Runnable drop) {
        boolean doubted = channel.isDoubted();
        if (doubted) {
            drop.run();
        }
        T found = look.get();
        if (doubted || channel.isInStep()) {
            return found;
        }
        drop.run();
        return look.get();
    }

    /**
     * Returns the entries as the engine below does; ends early if what is in memory may not be used any more. What was said to be there is returned even then: it was current
     * when that was said.
     */
    @Override
    public Iterator<Map.Entry<Object, Object>> iterator() {
        if (!channel.isInStep()) {
            local.outdateAll();
        }
        Iterator<Map.Entry<Object, Object>> entries = local.iterator();
        return new Iterator<>() {
            private @Nullable Object lastKey;
            private boolean saidToBeThere;

            @Override
            public boolean hasNext() {
                saidToBeThere |= entries.hasNext() && channel.isInStep();
                return saidToBeThere;
            }

            @Override
            public Map.Entry<Object, Object> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                saidToBeThere = false;
                Map.Entry<Object, Object> next = entries.next();
                lastKey = next.getKey();
                return next;
            }

            @Override
            public void remove() {
                Object key = lastKey;
                if (key == null) {
                    throw new IllegalStateException(
                            "remove: no entry to remove (expected: one call after each next())");
                }
                lastKey = null;
                execute(key, EntryOperation.Remove.INSTANCE);
            }
        };
    }

    @Override
    public long size() {
        return local.size();
    }

    @Override
    public long weight() {
        return local.weight();
    }

    // ---- changing

    @Override
    public @Nullable Object execute(Object key, EntryOperation operation) {
        // First of all: a key that has no form that is the same everywhere is refused before anything has changed.
        List<EncodedKey> told = List.of(new EncodedKey(keyForm.encodeKey(key)));
        if (channel.isDoubted() || !channel.isInStep()) {
            local.outdate(key);
        }
        WatchedProcess process = operation instanceof Invoke invoke ? new WatchedProcess(invoke.process()) : null;
        Object result;
        try {
            result = local.execute(key, process == null ? operation : new Invoke(process));
        } catch (RuntimeException | Error e) {
            FirstFailure failures = new FirstFailure();
            failures.add(e);
            if (process == null || process.hasAskedForChange()) {
                failures.during(() -> tell(told));
            }
            throw e;
        }
        if (process == null ? hasChanged(key, operation, result) : process.hasAskedForChange()) {
            tell(told);
        }
        return result;
    }

    /** Tells whether an operation that went well may have changed the database. */
    private boolean hasChanged(Object key, EntryOperation operation, @Nullable Object result) {
        if (operation instanceof PutIfAbsent) {
            // One that expires at once is written and not kept.
            return Boolean.TRUE.equals(result) || !local.containsKey(key);
        } else if (operation instanceof Replace
                || operation instanceof ReplaceIfEqual
                || operation instanceof RemoveIfEqual) {
            return Boolean.TRUE.equals(result);
        }
        return !(operation instanceof GetAndReplace) || result != null;
    }

    @Override
    public void putAll(Map<?, Object> entries) {
        List<EncodedKey> told = encoded(entries.keySet());
        changing(() -> local.putAll(entries), () -> tell(told));
    }

    @Override
    public void removeAll(Collection<?> keys) {
        List<EncodedKey> told = encoded(keys);
        changing(() -> local.removeAll(keys), () -> tell(told));
    }

    @Override
    public void removeAll() {
        if (!channel.isInStep()) {
            local.outdateAll();
        }
        changing(local::removeAll, this::tellAll);
    }

    @Override
    public void clear() {
        changing(local::clear, this::tellAll);
    }

    @Override
    public void loadAll(Collection<?> keys, Load.Existing existing) {
        if (existing == Load.Existing.KEEP) {
            if (!channel.isInStep()) {
                keys.forEach(local::outdate);
            }
            local.loadAll(keys, existing);
        } else {
            List<EncodedKey> told = encoded(keys);
            changing(() -> local.loadAll(keys, existing), () -> tell(told));
        }
    }

    /** Changes entries, and tells of it even if changing some of them has failed. */
    static void changing(Runnable change, Runnable tell) {
        FirstFailure failures = new FirstFailure();
        failures.during(change);
        failures.during(tell);
        failures.rethrow();
    }

    private List<EncodedKey> encoded(Collection<?> keys) {
        List<EncodedKey> encoded = new ArrayList<>(keys.size());
        keys.forEach(key -> encoded.add(new EncodedKey(keyForm.encodeKey(key))));
        return encoded;
    }

    private void tell(List<EncodedKey> keys) {
        channel.announcer().tell(name, keys, confirmation);
    }

    /** Tells others that any key may have changed. */
    void tellAll() {
        channel.announcer().tellAll(name, confirmation);
    }

    // ---- the rest

    @Override
    public void adjust(AdjustedDesign design) {
        local.adjust(design);
    }

    @Override
    public void listenersChanged() {
        local.listenersChanged();
    }

    @Override
    public CacheCounters counters() {
        return local.counters();
    }

    @Override
    public @Nullable QueuedChanges queuedChanges() {
        return local.queuedChanges();
    }

    /** Drops the entries of this process; those of others are theirs, unless its manager wants more. */
    @Override
    public void destroy() {
        changing(local::destroy, () -> onDestroy.accept(this));
    }

    @Override
    public void close() {
        channel.remove(this);
        try {
            onClose.run();
        } finally {
            local.close();
        }
    }

    // ---- figures

    @Override
    public InvalidationFigures invalidations() {
        return this;
    }

    @Override
    public long sent() {
        return channel.counters().sentCount();
    }

    @Override
    public long received() {
        return channel.counters().receivedCount();
    }

    @Override
    public long dropped() {
        return channel.counters().droppedCount();
    }

    @Override
    public long gaps() {
        return channel.counters().gapCount();
    }

    @Override
    public long cleared() {
        return cleared.sum();
    }

    @Override
    public long lagNanos() {
        return channel.lagNanos();
    }

    @Override
    public boolean isInStep() {
        return channel.isInStep();
    }
}
