package io.fyercache.core.load;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where missing values come from: the engine's side of a {@code CacheLoader} (JSR-107 chapter 7). Keys are as the user or the store
 * has them, values are in stored form. What it throws is passed on to whoever asked.
 */
public interface EntryLoader {

    /** Returns the value of {@code key}, or null if there is none. */
    @Nullable
    Object load(Object key);

    /** Returns the values of those of {@code keys} that have one. */
    Map<Object, Object> loadAll(Collection<?> keys);
}
