package io.fyercache.testkit.process;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/** A writer that writes several entries one by one. If one cannot be written it does not say which of the others were. */
public interface SingleWrites<K, V> extends CacheWriter<K, V> {
    @Override
    default void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        entries.removeIf(entry -> {
            write(entry);
            return true;
        });
    }

    @Override
    default void deleteAll(Collection<?> keys) {
        keys.removeIf(key -> {
            delete(key);
            return true;
        });
    }
}
