package io.fyercache.jcache.integration;

import io.fyercache.core.load.EntryLoader;
import io.fyercache.jcache.copy.EntryForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final CacheLoader<Object, Object> loader;
    private final EntryForm form;
    private final Class<?> valueType;

    /**
     * Makes the bridge of a cache.
     *
     * @param valueType what each loaded value must be an instance of
     */
    // The configuration declares the loader's types; keys were checked against them when they came in.
    @SuppressWarnings("unchecked")
    public LoaderBridge(String cacheName, CacheLoader<?, ?> loader, EntryForm form, Class<?> valueType) {
        this.cacheName = cacheName;
        this.loader = (CacheLoader<Object, Object>) loader;
        this.form = form;
        this.valueType = valueType;
    }

    @Override
    public @Nullable Object load(Object key) {
        try {
            Object value = loader.load(form.keyToUser(key));
            return value == null ? null : toStored(value);
        } catch (CacheLoaderException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    @Override
    public Map<Object, Object> loadAll(Collection<?> keys) {
        try {
            List<Object> asked = new ArrayList<>(keys.size());
            keys.forEach(key -> asked.add(form.keyToUser(key)));
            Map<Object, Object> loaded = loader.loadAll(asked);
            if (loaded == null) {
                throw new NullPointerException("loadAll returned null (expected: a map); return an empty one");
            }
            Map<Object, Object> stored = new HashMap<>();
            for (Map.Entry<Object, Object> entry : loaded.entrySet()) {
                // A null value says that there is none (CacheLoader.loadAll).
                if (entry.getValue() != null) {
                    stored.put(entry.getKey(), toStored(entry.getValue()));
                }
            }
            return stored;
        } catch (CacheLoaderException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    private Object toStored(Object value) {
        if (!valueType.isInstance(value)) {
            throw new ClassCastException("loaded value: " + value.getClass().getName() + " (expected: "
                    + valueType.getName() + ", as the cache is configured)");
        }
        return form.toStored(value);
    }

    private CacheLoaderException failure(Exception cause) {
        return new CacheLoaderException(
                "cache '" + cacheName + "': loader " + loader.getClass().getName() + " failed: " + cause, cause);
    }
}
