package io.fyercache.testkit.simulation;

import io.fyercache.core.load.EntryLoader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A loader that loads several values one by one. */
interface SingleLoads extends EntryLoader {
    @Override
    default Map<Object, Object> loadAll(Collection<?> keys) {
        Map<Object, Object> loaded = new HashMap<>();
        for (Object key : keys) {
            Object value = load(key);
            if (value != null) {
                loaded.put(key, value);
            }
        }
        return loaded;
    }
}
