package io.fyercache.jcache.integration;

import io.fyercache.core.load.EntryLoader;
import io.fyercache.jcache.copy.EntryForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * A user's {@link CacheLoader} as the engine's {@link EntryLoader}.
 *
 * <p>Whatever goes wrong between asking and having the values in stored form is a {@link CacheLoaderException}; errors pass as they are.
 */
public final class LoaderBridge implements EntryLoader {
    private final String cacheName;
    private final Supplier<CacheLoader<Object, Object>> loader;
    private final EntryForm form;
    private final Supplier<Class<?>> valueType;

    /**
     * Makes the bridge of a cache.
     *
     * @param loader returns the loader; what it throws fails the load
     * @param valueType returns what each loaded value must be an instance of; what it throws fails the load
     */
    // The configuration declares the loader's types; keys were checked against them when they came in.
    @SuppressWarnings("unchecked")
    public LoaderBridge(
            String cacheName,
            Supplier<? extends CacheLoader<?, ?>> loader,
            EntryForm form,
            Supplier<Class<?>> valueType) {
        this.cacheName = cacheName;
        this.loader = (Supplier<CacheLoader<Object, Object>>) loader;
        this.form = form;
        this.valueType = valueType;
    }

    @Override
    public @Nullable Object load(Object key) {
        Class<?> type = present(valueType);
        CacheLoader<Object, Object> user = present(loader);
        try {
            Object value = user.load(form.keyToUser(key));
            return value == null ? null : toStored(value, type);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (Exception e) {
            throw failure(user, e);
        }
    }

    @Override
    public Map<Object, Object> loadAll(Collection<?> keys) {
        Class<?> type = present(valueType);
        CacheLoader<Object, Object> user = present(loader);
        try {
            List<Object> asked = new ArrayList<>(keys.size());
            keys.forEach(key -> asked.add(form.keyToUser(key)));
            Map<Object, Object> loaded = user.loadAll(asked);
            if (loaded == null) {
                throw new NullPointerException("loadAll returned null (expected: a map); return an empty one");
            }
            Map<Object, Object> stored = new HashMap<>();
            for (Map.Entry<Object, Object> entry : loaded.entrySet()) {
                // A null value says that there is none (CacheLoader.loadAll).
                if (entry.getValue() != null) {
                    stored.put(entry.getKey(), toStored(entry.getValue(), type));
                }
            }
            return stored;
        } catch (CacheLoaderException e) {
            throw e;
        } catch (Exception e) {
            throw failure(user, e);
        }
    }

    /** Returns what must be here to load. That it is not is no failure of the loader's. */
    private static <T> T present(Supplier<? extends T> wanted) {
        try {
            return wanted.get();
        } catch (CacheException e) {
            throw new CacheLoaderException(e.getMessage(), e);
        }
    }

    private Object toStored(Object value, Class<?> type) {
        if (!type.isInstance(value)) {
            throw new ClassCastException("loaded value: " + value.getClass().getName() + " (expected: " + type.getName()
                    + ", as the cache is configured)");
        }
        return form.toStored(value);
    }

    private CacheLoaderException failure(CacheLoader<?, ?> user, Exception cause) {
        return new CacheLoaderException(
                "cache '" + cacheName + "': loader " + user.getClass().getName() + " failed: " + cause, cause);
    }
}
