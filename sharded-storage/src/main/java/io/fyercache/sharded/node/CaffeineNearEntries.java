package io.fyercache.sharded.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.reading.NearEntries;
import io.fyercache.sharded.reading.NearEntry;
import org.jspecify.annotations.Nullable;

/** Entries that a process keeps near, in a cache of Caffeine, as a bounded local cache has them. */
final class CaffeineNearEntries implements NearEntries {
    private final Cache<EncodedKey, NearEntry> entries;

    CaffeineNearEntries(long maximum) {
        entries = Caffeine.newBuilder()
                .maximumSize(maximum)
                // What its own threads would do takes microseconds.
                .executor(Runnable::run)
                .build();
    }

    @Override
    public @Nullable NearEntry find(EncodedKey key) {
        return entries.getIfPresent(key);
    }

    @Override
    public void put(EncodedKey key, NearEntry entry) {
        entries.put(key, entry);
    }

    @Override
    public void remove(EncodedKey key) {
        entries.invalidate(key);
    }

    @Override
    public void clear() {
        entries.invalidateAll();
    }

    @Override
    public long size() {
        return entries.estimatedSize();
    }
}
