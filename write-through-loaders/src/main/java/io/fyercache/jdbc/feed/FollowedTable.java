package io.fyercache.jdbc.feed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.mapping.RowKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * A table that a feed follows, the cache in front of it, and what has changed there and is still in the cache.
 *
 * <p>What waits is bounded: if a cache does not keep up, it is all dropped at once. So whoever hears of changes never waits for a
 * cache; a database that waited for its listeners would make its writers wait.
 *
 * <p>Thread-safe.
 */
public final class FollowedTable<K> {

    /** 10,000 keys that wait to be dropped: beyond, it is quicker to drop all. */
    public static final int MAX_WAITING_KEYS = 10_000;

    private final EntityMapping<K, ?> mapping;
    private final InvalidatedCache<K> cache;

    @GuardedBy("this")
    private Set<K> waiting = new HashSet<>();

    @GuardedBy("this")
    private boolean wholeWaiting;

    FollowedTable(EntityMapping<K, ?> mapping, InvalidatedCache<K> cache) {
        this.mapping = mapping;
        this.cache = cache;
    }

    /** How the table's rows and the cache's keys correspond. */
    public EntityMapping<K, ?> mapping() {
        return mapping;
    }

    /** Notes rows that were inserted, changed or deleted. */
    public void changed(Collection<RowKey> rows) {
        Set<K> keys = new HashSet<>();
        try {
            rows.forEach(row -> keys.add(mapping.key(row)));
        } catch (MappingException e) {
            // A row that is nobody's entry. Which one it was to be, nobody can say.
            everythingChanged();
            return;
        }
        add(keys);
    }

    /** Notes that any row may have changed. */
    public synchronized void everythingChanged() {
        wholeWaiting = true;
        waiting = new HashSet<>();
    }

    private synchronized void add(Set<K> keys) {
        if (wholeWaiting) {
            return;
        }
        waiting.addAll(keys);
        if (waiting.size() > MAX_WAITING_KEYS) {
            everythingChanged();
        }
    }

    /**
     * Drops from the cache what has changed.
     *
     * @throws RuntimeException what the cache throws; it waits on
     */
    void drop(FeedCounters counters) {
        Set<K> keys;
        boolean whole;
        synchronized (this) {
            keys = waiting;
            whole = wholeWaiting;
            waiting = new HashSet<>();
            wholeWaiting = false;
        }
        boolean dropped = false;
        try {
            if (whole) {
                cache.invalidateAll();
                counters.wholeDropped();
            } else if (!keys.isEmpty()) {
                cache.invalidate(keys);
                counters.keysDropped(keys.size());
            }
            dropped = true;
        } finally {
            if (!dropped) {
                putBack(keys, whole);
            }
        }
    }

    private void putBack(Set<K> keys, boolean whole) {
        if (whole) {
            everythingChanged();
        } else {
            add(keys);
        }
    }

    /** {@code table person}. */
    @Override
    public String toString() {
        return "table " + mapping.table().name();
    }
}
