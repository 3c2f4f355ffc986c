package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.reading.NearEntries;
import io.fyercache.sharded.reading.NearEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries that a process keeps near, the ones that were kept last. Thread-safe. */
final class FewNearEntries implements NearEntries {
    private final Map<EncodedKey, NearEntry> entries;

    FewNearEntries(int maximum) {
        entries = Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<EncodedKey, NearEntry> eldest) {
                return size() > maximum;
            }
        });
    }

    @Override
    public @Nullable NearEntry find(EncodedKey key) {
        return entries.get(key);
    }

    @Override
    public void put(EncodedKey key, NearEntry entry) {
        entries.put(key, entry);
    }

    @Override
    public void remove(EncodedKey key) {
        entries.remove(key);
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public long size() {
        return entries.size();
    }
}
