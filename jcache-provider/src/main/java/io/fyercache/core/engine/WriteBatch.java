package io.fyercache.core.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Changes of several keys that a writer is told of together: one call for all that are put, and one for all that are removed. Used by one thread. */
final class WriteBatch {
    private final Map<Object, Object> written = new LinkedHashMap<>();
    private final Set<Object> deleted = new LinkedHashSet<>();
    private final Map<Object, Throwable> failures = new LinkedHashMap<>();

    void put(Object key, Object value) {
        written.put(key, value);
    }

    void delete(Object key) {
        deleted.add(key);
    }

    /** Has all of it written, and returns what the writer threw, by the keys that it has not written. */
    Map<Object, Throwable> write(EntryWriter writer) {
        if (!written.isEmpty()) {
            during(() -> writer.writeAll(written), written.keySet());
        }
        if (!deleted.isEmpty()) {
            during(() -> writer.deleteAll(deleted), deleted);
        }
        return failures;
    }

    private void during(Runnable write, Set<Object> left) {
        try {
            write.run();
        } catch (RuntimeException | Error e) {
            left.forEach(key -> failures.put(key, e));
        }
    }
}
