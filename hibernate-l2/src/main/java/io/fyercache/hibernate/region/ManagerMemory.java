package io.fyercache.hibernate.region;

import io.fyercache.core.time.Clock;
import io.fyercache.hibernate.slot.RecentChanges;
import io.fyercache.hibernate.timestamp.TimestampSource;
import io.fyercache.jcache.EngineCacheManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the session factories with one cache manager have in common, so that they are to each other what the sessions of one factory are: a source of
 * timestamps, and what they have done lately that the caches do not say. With a source each, a load of one factory might look later than a change of
 * the other that it has missed.
 *
 * <p>Lives as long as the manager, so that a factory that comes late goes on where others are. Thread-safe.
 */
public final class ManagerMemory {
    private final TimestampSource timestamps;
    private final Map<String, RecentChanges> changes = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> unwritten = new ConcurrentHashMap<>();

    ManagerMemory(TimestampSource timestamps) {
        this.timestamps = timestamps;
    }

    /**
     * Returns that of a manager, whoever asks.
     *
     * @throws javax.cache.CacheException if the manager's caches are in a cluster whose time is unknown
     */
    public static ManagerMemory of(EngineCacheManager manager) {
        // Asked first: that may take until the members of a cluster have answered.
        Clock clock = manager.unwrap(Clock.class);
        return manager.companion(ManagerMemory.class, () -> new ManagerMemory(new TimestampSource(clock)));
    }

    /** Returns what gives timestamps. */
    public TimestampSource timestamps() {
        return timestamps;
    }

    /** Returns what was changed lately in the region whose cache has that name. */
    RecentChanges changesIn(String cache) {
        return changes.computeIfAbsent(cache, first -> new RecentChanges());
    }

    /**
     * Returns the time before which tables were changed, and nobody knows which, because the region of timestamps whose cache has that name could not say
     * so; 0 if there were no such changes.
     */
    AtomicLong unwrittenIn(String cache) {
        return unwritten.computeIfAbsent(cache, first -> new AtomicLong());
    }
}
