package io.fyercache.core.engine;

import io.fyercache.core.fence.WriteFence;
import java.util.Map;
import java.util.Set;

/**
 * Where changes are written before they are kept: the engine's side of a {@code CacheWriter} (JSR-107 chapter 7). Values are in stored
 * form. What it throws ends the operation without any change.
 */
public interface EntryWriter {

    /** Writes one value. */
    void write(Object key, Object value);

    /** Writes all, removing from {@code entries} what was written; when it throws, exactly what is left there was not written. */
    void writeAll(Map<Object, Object> entries);

    /** Deletes one key. */
    void delete(Object key);

    /** Deletes all, removing from {@code keys} what was deleted; when it throws, exactly what is left there was not deleted. */
    void deleteAll(Set<Object> keys);

    /** Returns this writer for calls that have such a fence, of which it tells the user's code; one that calls none needs not. */
    default EntryWriter fencedBy(WriteFence fence) {
        return this;
    }
}
