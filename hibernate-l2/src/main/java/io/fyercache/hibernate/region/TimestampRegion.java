package io.fyercache.hibernate.region;

import io.fyercache.hibernate.timestamp.ChangeNote;
import io.fyercache.hibernate.timestamp.ChangeNote.Stage;
import io.fyercache.hibernate.timestamp.LastChange;
import io.fyercache.hibernate.timestamp.TimestampSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.cache.spi.support.AbstractRegion;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The region that says when each table was last changed; results of queries from before are stale.
 *
 * <p>To Hibernate, a table without an entry has never been changed. So a failure must not look like that: what cannot be read was changed just
 * now, and what could not be written, or was cleared, is kept here as a time before which no result is believed. Thread-safe.
 */
public final class TimestampRegion extends AbstractRegion implements TimestampsRegion, CachedRegion {
    /** Later than every result. */
    private static final Long JUST_CHANGED = Long.MAX_VALUE;

    private final RegionCache cache;
    private final LockTerms terms;

    /** Before it there have been changes of which this process alone knows, and of which table it does not. 0 if there were none. */
    private final AtomicLong unwritten;

    /** Makes the region. */
    public TimestampRegion(String name, RegionFactory factory, RegionCache cache, LockTerms terms) {
        super(name, factory);
        this.cache = cache;
        this.terms = terms;
        this.unwritten = terms.memory().unwrittenIn(cache.name());
    }

    /** Returns when a table was last changed, as a {@code Long}; null if it never was. */
    @Override
    public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
        long least = unwritten.get();
        Object found;
        try {
            found = cache.readOrFail(key);
        } catch (CacheException failed) {
            return JUST_CHANGED;
        }
        if (found instanceof LastChange last) {
            return Math.max(last.effective(), least);
        }
        return least == 0 ? null : least;
    }

    /**
     * Notes a change: of the future if it is announced, else one that is over.
     *
     * @param value a {@code Long} of {@link RegionFactory#nextTimestamp()}, or with {@link RegionFactory#getTimeout()} added
     * @throws CacheException if it is announced, the cache fails, and the transaction is to
     */
    @Override
    public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
        note(key, (Long) value, session.getSessionIdentifier());
    }

    void note(Object key, long timestamp, UUID session) {
        Stage stage = timestamp > terms.timestamps().next() ? Stage.ANNOUNCED : Stage.OVER;
        ChangeNote note = new ChangeNote(stage, session, everywhere(timestamp));
        boolean written = stage == Stage.ANNOUNCED ? cache.announce(key, note) : cache.offer(key, note);
        if (!written) {
            unwritten.accumulateAndGet(note.timestamp(), Math::max);
        }
    }

    /** Forgets all changes, and with them believes no result from before. */
    @Override
    public void clear() {
        unwritten.accumulateAndGet(everywhere(terms.timestamps().next()), Math::max);
        cache.evictAll();
    }

    /** Does nothing: the cache is the manager's. */
    @Override
    public void destroy() {}

    @Override
    public RegionCache cache() {
        return cache;
    }

    /** Returns a timestamp that is above those of all sessions that have begun, also in processes whose clocks are ahead. */
    private long everywhere(long timestamp) {
        return timestamp + TimestampSource.span(terms.clockDifference());
    }
}
