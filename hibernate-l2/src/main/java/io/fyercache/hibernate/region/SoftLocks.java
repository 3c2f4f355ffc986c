package io.fyercache.hibernate.region;

import io.fyercache.hibernate.slot.CachedItem;
import io.fyercache.hibernate.slot.Hold;
import io.fyercache.hibernate.slot.RecentChanges;
import io.fyercache.hibernate.slot.Slot;
import io.fyercache.hibernate.slot.SlotOperation;
import io.fyercache.hibernate.slot.SlotOperation.DropItem;
import io.fyercache.hibernate.slot.SlotOperation.EndHold;
import io.fyercache.hibernate.slot.SlotOperation.OfferInserted;
import io.fyercache.hibernate.slot.SlotOperation.OfferLoaded;
import io.fyercache.hibernate.slot.SlotOperation.TakeHold;
import io.fyercache.hibernate.slot.SlotProcessor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.hibernate.cache.spi.access.SoftLock;
import org.jspecify.annotations.Nullable;

/**
 * READ_WRITE access to one kind of entries of a region: soft locks that are kept by key, where the key is.
 *
 * <p>Every move is one operation on one key, atomic there; no lock of this JVM is involved, and no two moves of different keys wait for each other. A
 * hold whose transaction never ends it, because its process is gone, ends by itself when {@link LockTerms#timeout()} is over.
 *
 * <p>An item of another fingerprint than this process has is nothing to read, and nothing else: locks, versions and times hold for everybody. A load of this process replaces it,
 * if it began later than the item. With clocks that may differ, two processes take a key from each other once in that difference, at most.
 *
 * <p>Thread-safe.
 */
final class SoftLocks {
    private final RegionCache cache;
    private final LockTerms terms;
    private final LongSupplier fingerprint;
    private final RecentChanges recentChanges;
    private final AtomicLong holds = new AtomicLong();

    /** Makes the access to entries whose states have this fingerprint. */
    SoftLocks(RegionCache cache, LockTerms terms, LongSupplier fingerprint) {
        this.cache = cache;
        this.terms = terms;
        this.fingerprint = fingerprint;
        this.recentChanges = terms.memory().changesIn(cache.name());
    }

    /** Returns what a session that began at {@code sessionFrom} may read; null if that is nothing. */
    @Nullable
    Object read(Object key, long sessionFrom) {
        if (!(cache.read(key) instanceof CachedItem item) || !item.isReadableFrom(sessionFrom)) {
            return null;
        }
        if (!isOurs(item)) {
            cache.mismatched();
            return null;
        }
        return item.value();
    }

    /** Tells whether there is an entry that sessions from now on can read. */
    boolean contains(Object key) {
        return cache.read(key) instanceof CachedItem item && isOurs(item);
    }

    /** Tells whether a load has nothing to offer, which spares the operation; others may change that at any moment. */
    boolean isLoadInVain(Object key, @Nullable Object version, long sessionFrom) {
        return cache.read(key) instanceof Slot slot
                && !slot.isReplaceableBy(terms.surelyAfter(sessionFrom), version, fingerprint.getAsLong());
    }

    /** Offers what a session that began at {@code sessionFrom} has loaded; returns whether it is kept. */
    boolean offerLoaded(Object key, Object value, @Nullable Object version, long sessionFrom) {
        return cache.offer(key, by(new OfferLoaded(item(value, version, sessionFrom), terms.surelyAfter(sessionFrom))));
    }

    /** Offers what a session that began at {@code sessionFrom} has inserted and committed; returns whether it is kept. */
    boolean offerInserted(Object key, Object value, @Nullable Object version, long sessionFrom) {
        CachedItem item = item(value, version, terms.timestamps().next());
        return cache.offer(key, by(new OfferInserted(item, terms.surelyAfter(sessionFrom))));
    }

    /**
     * Takes a hold for a transaction that is about to change what the key stands for.
     *
     * @throws org.hibernate.cache.CacheException if the cache fails and the transaction is to
     */
    SoftLock take(Object key, @Nullable Object version) {
        long now = terms.timestamps().next();
        Hold hold = new Hold(new Hold.Name(terms.process(), holds.incrementAndGet()), terms.deadlineFrom(now));
        cache.announce(key, by(new TakeHold(hold, version, now)));
        return new HeldLock(hold.name());
    }

    /**
     * Ends the hold of a transaction that has been rolled back, or has removed what the key stands for.
     *
     * @throws org.hibernate.cache.CacheException if the cache fails; then the key stays locked until the hold's deadline
     */
    void end(Object key, @Nullable SoftLock lock) {
        long now = changed(key);
        cache.conclude(key, by(new EndHold(nameOf(lock), now, null)));
    }

    /** Ends the hold of a transaction that has committed this value; returns whether it is kept. Throws as {@link #end}. */
    boolean endWith(Object key, @Nullable SoftLock lock, Object value, @Nullable Object version) {
        long now = changed(key);
        return cache.conclude(key, by(new EndHold(nameOf(lock), now, item(value, version, now))));
    }

    /** Removes an entry before the commit of its removal, if nothing keeps it from being read anyway. */
    void drop(Object key) {
        cache.announce(key, by(new DropItem()));
    }

    /** Removes whatever is there, locks too; loads that are under way are not kept. */
    void evict(Object key) {
        changed(key);
        cache.evict(key);
    }

    /** Removes whatever is there in the whole region, locks too; loads that are under way are not kept. */
    void evictAll() {
        evictAll(cache, terms);
    }

    /** Removes whatever is in a region, whose accesses have these terms; otherwise as {@link #evictAll()}. */
    static void evictAll(RegionCache cache, LockTerms terms) {
        terms.memory().changesIn(cache.name()).noteAll(terms.timestamps().next());
        cache.evictAll();
    }

    private CachedItem item(Object value, @Nullable Object version, long timestamp) {
        return new CachedItem(value, version, timestamp, fingerprint.getAsLong());
    }

    private boolean isOurs(CachedItem item) {
        return item.fingerprint() == fingerprint.getAsLong();
    }

    private SlotProcessor by(SlotOperation operation) {
        return new SlotProcessor(operation, recentChanges);
    }

    /** Notes a change that is over, before the slot says so: a slot that is evicted at once must not be missed. */
    private long changed(Object key) {
        long now = terms.timestamps().next();
        recentChanges.note(key, now);
        return now;
    }

    /** Returns the name of a hold; one that nobody has for a lock that is not ours. */
    private Hold.Name nameOf(@Nullable SoftLock lock) {
        return lock instanceof HeldLock held ? held.name() : new Hold.Name(terms.process(), 0);
    }
}
