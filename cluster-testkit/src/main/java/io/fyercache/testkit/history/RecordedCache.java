package io.fyercache.testkit.history;

import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** A cache as one client uses it, who writes down what it does; see {@link HistoryRecorder#record}. For one thread. */
final class RecordedCache<K, V> implements Cache<K, V> {
    private final Cache<K, V> cache;
    private final ClientRecorder client;

    RecordedCache(Cache<K, V> cache, ClientRecorder client) {
        this.cache = cache;
        this.client = client;
    }

    @Override
    public @Nullable V get(K key) {
        return single(key, new Action.Get(), () -> cache.get(key));
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        return client.run(
                each(keys, new Action.Get()), () -> cache.getAll(keys), (found, key) -> ((Map<?, ?>) found).get(key));
    }

    @Override
    public boolean containsKey(K key) {
        return single(key, new Action.ContainsKey(), () -> cache.containsKey(key));
    }

    @Override
    public void put(K key, V value) {
        silent(Map.of(key, new Action.Put(value)), () -> cache.put(key, value));
    }

    @Override
    public @Nullable V getAndPut(K key, V value) {
        return single(key, new Action.GetAndPut(value), () -> cache.getAndPut(key, value));
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        Map<Object, Action> actions = new LinkedHashMap<>();
        entries.forEach((key, value) -> actions.put(key, new Action.Put(value)));
        silent(actions, () -> cache.putAll(entries));
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        return single(key, new Action.PutIfAbsent(value), () -> cache.putIfAbsent(key, value));
    }

    @Override
    public boolean remove(K key) {
        return single(key, new Action.Remove(), () -> cache.remove(key));
    }

    @Override
    public boolean remove(K key, V expected) {
        return single(key, new Action.RemoveExpected(expected), () -> cache.remove(key, expected));
    }

    @Override
    public @Nullable V getAndRemove(K key) {
        return single(key, new Action.GetAndRemove(), () -> cache.getAndRemove(key));
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        return single(key, new Action.ReplaceExpected(expected, value), () -> cache.replace(key, expected, value));
    }

    @Override
    public boolean replace(K key, V value) {
        return single(key, new Action.Replace(value), () -> cache.replace(key, value));
    }

    @Override
    public @Nullable V getAndReplace(K key, V value) {
        return single(key, new Action.GetAndReplace(value), () -> cache.getAndReplace(key, value));
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        silent(each(keys, new Action.Clear()), () -> cache.removeAll(keys));
    }

    @Override
    public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        Observed<T> observed = client.run(
                Map.of(key, new Action.Invoke(described(processor))),
                () -> cache.invoke(key, new Observing<>(processor), arguments),
                (result, ofKey) -> result.exchange());
        return observed.result();
    }

    /**
     * As one {@code invoke} for each key. If a processor throws, the outcome for its key is unknown, and the exception is
     * in its result.
     */
    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
        Map<K, EntryProcessorResult<T>> results = new LinkedHashMap<>();
        for (K key : keys) {
            try {
                T result = invoke(key, processor, arguments);
                if (result != null) {
                    results.put(key, () -> result);
                }
            } catch (EntryProcessorException exception) {
                results.put(key, () -> {
                    throw exception;
                });
            }
        }
        return results;
    }

    @Override
    public void removeAll() {
        throw unknownKeys("removeAll()");
    }

    @Override
    public void clear() {
        throw unknownKeys("clear()");
    }

    @Override
    public void loadAll(Set<? extends K> keys, boolean replace, @Nullable CompletionListener listener) {
        throw new UnsupportedOperationException(
                "loadAll is not recorded (expected: values come from recorded operations only); put them");
    }

    /** Not recorded, hence without removal. */
    @Override
    public Iterator<Entry<K, V>> iterator() {
        Iterator<Entry<K, V>> entries = cache.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Entry<K, V> next() {
                return entries.next();
            }
        };
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        return cache.getConfiguration(type);
    }

    @Override
    public String getName() {
        return cache.getName();
    }

    @Override
    public CacheManager getCacheManager() {
        return cache.getCacheManager();
    }

    @Override
    public void close() {
        cache.close();
    }

    @Override
    public boolean isClosed() {
        return cache.isClosed();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : cache.unwrap(type);
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        cache.registerCacheEntryListener(configuration);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        cache.deregisterCacheEntryListener(configuration);
    }

    private <T extends @Nullable Object> T single(K key, Action action, Supplier<T> call) {
        return client.run(Map.of(key, action), call, (result, ofKey) -> result);
    }

    private void silent(Map<?, ? extends Action> actions, Runnable call) {
        client.<@Nullable Object>run(
                actions,
                () -> {
                    call.run();
                    return null;
                },
                (result, ofKey) -> null);
    }

    private static Map<Object, Action> each(Set<?> keys, Action action) {
        Map<Object, Action> actions = new LinkedHashMap<>();
        keys.forEach(key -> actions.put(key, action));
        return actions;
    }

    private static AtomicFunction described(EntryProcessor<?, ?, ?> processor) {
        return processor instanceof AtomicFunction function ? function : new AtomicFunction.Undescribed();
    }

    private static UnsupportedOperationException unknownKeys(String method) {
        return new UnsupportedOperationException(
                method + " is not recorded (expected: operations whose keys are known); " + "use removeAll(keys)");
    }

    /** Runs a processor and reports what the value was before and after. */
    private record Observing<K, V, T>(EntryProcessor<K, V, T> processor)
            implements EntryProcessor<K, V, Observed<T>>, Serializable {
        @Override
        public Observed<T> process(MutableEntry<K, V> entry, Object... arguments) {
            Object read = entry.getValue();
            T result = processor.process(entry, arguments);
            return new Observed<>(read, entry.getValue(), result);
        }
    }

    /** What a processor read and left, and its result. */
    private record Observed<T>(
            @Nullable Object read, @Nullable Object left, T result) implements Serializable {
        Action.Exchange exchange() {
            return new Action.Exchange(read, left);
        }
    }
}
