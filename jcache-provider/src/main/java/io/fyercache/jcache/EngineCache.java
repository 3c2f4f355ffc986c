package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.LiveSettings;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.time.Clock;
import io.fyercache.jcache.copy.Encoded;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.processor.PortableRun;
import io.fyercache.jcache.processor.ProcessorResult;
import io.fyercache.jcache.processor.ProcessorRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache of JSR-107 over a {@link CacheEngine}: checks what comes in, has the engine do it, and converts what goes out.
 *
 * <p>Each operation first checks that the cache is open, then all of its arguments, before it does anything. Thread-safe.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class EngineCache<K, V> implements FyerCache<K, V> {

    /** The shortest time that an entry can live, in milliseconds: the resolution of deadlines. */
    private static final Duration SHORTEST_TIME_TO_LIVE = Duration.ofMillis(1);

    private final EngineCacheManager manager;
    private final String name;
    private final EntryTypes types;
    private final Class<?> valueType;
    private final Clock clock;
    private final CacheLifecycle<K, V> lifecycle;
    private final EntryForm form;
    private final CacheEngine engine;
    private final OperationTimer timer;

    /** Opens a cache of {@code manager}; if that fails, what was made for it is closed again. */
    EngineCache(EngineCacheManager manager, String name, FyerConfiguration<K, V> configuration, Opening opening) {
        this.manager = manager;
        this.name = name;
        this.types = new EntryTypes(name, configuration.getKeyType(), configuration.getValueType());
        this.valueType = configuration.getValueType();
        this.clock = manager.clock();
        this.lifecycle = new CacheLifecycle<>(this, manager, configuration, opening);
        this.form = lifecycle.parts().form();
        this.engine = lifecycle.parts().engine();
        this.timer = new OperationTimer(engine.counters(), clock);
    }

    // ---- reading

    @Override
    public @Nullable V get(K key) {
        check(key);
        long start = timer.start();
        V value = toUser(engine.get(key));
        timer.get(start);
        return value;
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        requireOpen();
        List<Object> checked = checkedKeys(keys);
        long start = timer.start();
        Map<Object, Object> found = form.toUser(engine.getAll(checked));
        timer.gets(start, checked.size());
        @SuppressWarnings("unchecked") // the keys are those asked for, the values came in as V
        Map<K, V> result = (Map<K, V>) found;
        return result;
    }

    @Override
    public boolean containsKey(K key) {
        check(key);
        return engine.containsKey(key);
    }

    @Override
    public Iterator<Cache.Entry<K, V>> iterator() {
        requireOpen();
        return new EntryIterator<>(lifecycle, engine.iterator(), form);
    }

    @Override
    public long size() {
        requireOpen();
        return engine.size();
    }

    @Override
    public long weight() {
        requireOpen();
        return engine.weight();
    }

    @Override
    public void loadAll(
            Set<? extends K> keys, boolean replaceExistingValues, @Nullable CompletionListener completionListener) {
        requireOpen();
        List<Object> checked = checkedKeys(keys);
        if (lifecycle.configuration().getCacheLoaderFactory() == null) {
            if (completionListener != null) {
                completionListener.onCompletion();
            }
            return;
        }
        Load.Existing existing = replaceExistingValues ? Load.Existing.REPLACE : Load.Existing.KEEP;
        Runnable load = () -> {
            requireOpen();
            engine.loadAll(checked, existing);
        };
        lifecycle.parts().loads().start(load, completionListener);
    }

    // ---- putting

    @Override
    public void put(K key, V value) {
        check(key, value);
        long start = timer.start();
        engine.execute(key, new Put(form.toStored(value)));
        timer.put(start);
    }

    @Override
    public void put(K key, V value, Duration timeToLive) {
        check(key, value);
        requireGiven("timeToLive", timeToLive);
        if (timeToLive.compareTo(SHORTEST_TIME_TO_LIVE) < 0) {
            throw new IllegalArgumentException("cache '" + name + "': timeToLive: " + timeToLive
                    + " (expected: PT0.001S or more); use remove or invalidate for what must not stay");
        }
        long start = timer.start();
        engine.execute(key, new Put(form.toStored(value), deadline(timeToLive)));
        timer.put(start);
    }

    private long deadline(Duration timeToLive) {
        try {
            return Math.addExact(clock.millis(), timeToLive.toMillis());
        } catch (ArithmeticException e) {
            return Expiry.NEVER; // Beyond the end of time.
        }
    }

    @Override
    public @Nullable V getAndPut(K key, V value) {
        check(key, value);
        long start = timer.start();
        V old = toUser(engine.execute(key, new GetAndPut(form.toStored(value))));
        timer.getAndPut(start);
        return old;
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        requireOpen();
        requireGiven("map", map);
        Map<Object, Object> stored = new HashMap<>(capacityFor(map.size()));
        for (Map.Entry<? extends K, ? extends V> entry : map.entrySet()) {
            K key = entry.getKey();
            V value = entry.getValue();
            types.checkKey(key);
            types.checkValue(value);
            stored.put(key, form.toStored(value));
        }
        long start = timer.start();
        if (!stored.isEmpty()) {
            engine.putAll(stored);
        }
        timer.puts(start, stored.size());
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        check(key, value);
        long start = timer.start();
        boolean done = test(key, new PutIfAbsent(form.toStored(value)));
        timer.put(start);
        return done;
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        check(key, oldValue);
        types.checkValue(newValue);
        long start = timer.start();
        boolean done = test(key, new ReplaceIfEqual(form.toStored(oldValue), form.toStored(newValue)));
        timer.getAndPut(start);
        return done;
    }

    @Override
    public boolean replace(K key, V value) {
        check(key, value);
        long start = timer.start();
        boolean done = test(key, new Replace(form.toStored(value)));
        timer.getAndPut(start);
        return done;
    }

    @Override
    public @Nullable V getAndReplace(K key, V value) {
        check(key, value);
        long start = timer.start();
        V old = toUser(engine.execute(key, new GetAndReplace(form.toStored(value))));
        timer.getAndPut(start);
        return old;
    }

    // ---- removing

    @Override
    public boolean remove(K key) {
        check(key);
        long start = timer.start();
        boolean done = test(key, Remove.INSTANCE);
        timer.removal(start);
        return done;
    }

    @Override
    public boolean remove(K key, V oldValue) {
        check(key, oldValue);
        long start = timer.start();
        boolean done = test(key, new RemoveIfEqual(form.toStored(oldValue)));
        timer.getAndRemove(start);
        return done;
    }

    @Override
    public @Nullable V getAndRemove(K key) {
        check(key);
        long start = timer.start();
        V old = toUser(engine.execute(key, GetAndRemove.INSTANCE));
        timer.getAndRemove(start);
        return old;
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        requireOpen();
        List<Object> checked = checkedKeys(keys);
        long start = timer.start();
        if (!checked.isEmpty()) {
            engine.removeAll(checked);
        }
        timer.removals(start, checked.size());
    }

    @Override
    public void removeAll() {
        requireOpen();
        engine.removeAll();
    }

    @Override
    public void clear() {
        requireOpen();
        engine.clear();
    }

    @Override
    public int invalidate(Set<? extends K> keys) {
        requireOpen();
        int dropped = 0;
        for (Object key : checkedKeys(keys)) {
            if (test(key, Invalidate.INSTANCE)) {
                dropped++;
            }
        }
        return dropped;
    }

    @Override
    public Optional<WriteBehind<K, V>> writeBehind() {
        requireOpen();
        return Optional.ofNullable(engine.queuedChanges())
                .map(changes -> new EngineWriteBehind<>(lifecycle, changes, form, types));
    }

    @Override
    public void adjust(LiveSettings settings) {
        requireOpen();
        requireGiven("settings", settings);
        lifecycle.adjust(settings);
    }

    // ---- processing

    @Override
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        check(key);
        requireGiven("entryProcessor", entryProcessor);
        return run(key, entryProcessor, arguments);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        requireOpen();
        List<Object> checked = checkedKeys(keys);
        requireGiven("entryProcessor", entryProcessor);
        Map<K, EntryProcessorResult<T>> results = new HashMap<>(capacityFor(checked.size()));
        for (Object checkedKey : checked) {
            @SuppressWarnings("unchecked") // it came in as a K
            K key = (K) checkedKey;
            try {
                T result = run(key, entryProcessor, arguments);
                if (result != null) {
                    results.put(key, ProcessorResult.of(result));
                }
            } catch (RuntimeException e) {
                requireOpen();
                results.put(key, ProcessorResult.failed(e));
            }
        }
        return results;
    }

    @SuppressWarnings("unchecked") // the result is what the processor returned
    private <T> @Nullable T run(K key, EntryProcessor<K, V, T> entryProcessor, Object[] arguments) {
        return (T) engine.execute(
                key,
                new Invoke(
                        form instanceof Encoded encoded
                                ? new PortableRun(key, encoded, valueType, entryProcessor, arguments)
                                : new ProcessorRun(key, form, valueType, entryProcessor, arguments)));
    }

    // ---- listeners, configuration, life cycle

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
        requireOpen();
        requireGiven("cacheEntryListenerConfiguration", listener);
        lifecycle.register(listener);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
        requireOpen();
        requireGiven("cacheEntryListenerConfiguration", listener);
        lifecycle.deregister(listener);
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        return Unwrapping.unwrap(lifecycle.configuration(), type);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public EngineCacheManager getCacheManager() {
        return manager;
    }

    /** Returns what the manager changes of this cache. */
    CacheLifecycle<K, V> lifecycle() {
        return lifecycle;
    }

    @Override
    public void close() {
        lifecycle.end(CacheLifecycle.Entries.LEFT);
    }

    @Override
    public boolean isClosed() {
        return lifecycle.isClosed();
    }

    /** Returns this as one of its own types, or the {@link CacheEngine} below it. */
    @Override
    public <T> T unwrap(Class<T> type) {
        return type == CacheEngine.class ? type.cast(engine) : Unwrapping.unwrap(this, type);
    }

    @Override
    public String toString() {
        return "EngineCache[" + name + ", manager=" + manager.getURI() + (isClosed() ? ", closed]" : "]");
    }

    // ---- shared

    private void requireOpen() {
        lifecycle.requireOpen();
    }

    private void requireGiven(String argument, @Nullable Object given) {
        if (given == null) {
            throw types.missing(argument);
        }
    }

    private void check(@Nullable Object key) {
        lifecycle.requireOpen();
        types.checkKey(key);
    }

    private void check(@Nullable Object key, @Nullable Object value) {
        check(key);
        types.checkValue(value);
    }

    /** Returns a copy of {@code keys}, so that what was checked is what is used. */
    private List<Object> checkedKeys(Set<? extends K> keys) {
        requireGiven("keys", keys);
        List<Object> checked = new ArrayList<>(keys.size());
        for (K key : keys) {
            types.checkKey(key);
            checked.add(key);
        }
        return checked;
    }

    private boolean test(Object key, EntryOperation operation) {
        return Boolean.TRUE.equals(engine.execute(key, operation));
    }

    // Only values of the cache's type came in, by checks or by the compiler.
    @SuppressWarnings("unchecked")
    private @Nullable V toUser(@Nullable Object stored) {
        return stored == null ? null : (V) form.toUser(stored);
    }

    /** The capacity at which a hash map takes {@code size} entries without growing. */
    private static int capacityFor(int size) {
        return (int) (size / 0.75f) + 1;
    }
}
