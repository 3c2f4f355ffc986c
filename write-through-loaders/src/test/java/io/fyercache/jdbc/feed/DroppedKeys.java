package io.fyercache.jdbc.feed;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache that notes what it is told to drop. */
public final class DroppedKeys<K> implements InvalidatedCache<K> {

    private final Set<K> keys =
            new ConcurrentSkipListSet<>((one, other) -> one.toString().compareTo(other.toString()));
    private final AtomicInteger wholes = new AtomicInteger();

    @Override
    public void invalidate(Set<K> changed) {
        keys.addAll(changed);
    }

    @Override
    public void invalidateAll() {
        wholes.incrementAndGet();
    }

    /** The keys so far. */
    public Set<K> keys() {
        return keys;
    }

    /** How often everything was dropped so far. */
    public int wholes() {
        return wholes.get();
    }

    /** Forgets the keys. */
    public void forget() {
        keys.clear();
    }
}
