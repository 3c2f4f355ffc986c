package io.fyercache.jcache;

import io.fyercache.core.engine.QueuedChanges;
import io.fyercache.core.write.Change;
import io.fyercache.jcache.copy.EntryForm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** An engine's queued changes, for users: checks what comes in and converts what goes out. Thread-safe. */
record EngineWriteBehind<K, V>(CacheLifecycle<K, V> lifecycle, QueuedChanges changes, EntryForm form, EntryTypes types)
        implements WriteBehind<K, V> {

    @Override
    public int depth() {
        lifecycle.requireOpen();
        return changes.depth();
    }

    @Override
    public Duration lag() {
        lifecycle.requireOpen();
        return Duration.ofMillis(changes.lagMillis());
    }

    @Override
    public long failures() {
        lifecycle.requireOpen();
        return changes.failures();
    }

    @Override
    public int deadLetterCount() {
        lifecycle.requireOpen();
        return changes.deadLetterCount();
    }

    @Override
    public List<DeadLetter<K, V>> deadLetters() {
        lifecycle.requireOpen();
        return changes.deadLetters().stream().map(this::toUser).toList();
    }

    @SuppressWarnings("unchecked") // keys came in as K, values as V
    private DeadLetter<K, V> toUser(io.fyercache.core.write.DeadLetter<Object, Change> kept) {
        Object value = kept.change().value();
        return new DeadLetter<>(
                (K) form.keyToUser(kept.key()),
                value == null ? null : (V) form.toUser(value),
                kept.attempts(),
                kept.failure());
    }

    @Override
    public int replay(Set<? extends K> keys) {
        return count(keys, changes::replay);
    }

    @Override
    public int discard(Set<? extends K> keys) {
        return count(keys, changes::discard);
    }

    private int count(Set<? extends K> keys, Predicate<Object> action) {
        lifecycle.requireOpen();
        if (keys == null) {
            throw types.missing("keys");
        }
        keys.forEach(types::checkKey);
        return (int) keys.stream().filter(action).count();
    }
}
