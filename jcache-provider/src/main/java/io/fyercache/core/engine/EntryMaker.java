package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.time.Clock;

/** Makes the leanest entries that a cache can do with. Any thread. */
final class EntryMaker {
    private final Expiry expiry;
    private final Clock clock;
    private volatile boolean deadlinesMade;

    EntryMaker(Expiry expiry, Clock clock) {
        this.clock = clock;
        this.expiry = expiry;
        this.deadlinesMade = !expiry.isEternal();
    }

    /** Makes an entry; one without a deadline gets no room for one where the policy will never ask for it. */
    CacheEntry make(Object key, Object slot, long deadlineMillis) {
        if (deadlineMillis == Expiry.NEVER && expiry.isEternal()) {
            return CacheEntry.eternal(key, slot);
        }
        noteDeadline();
        return CacheEntry.expiring(key, slot, deadlineMillis);
    }

    /** Says that an entry of an eternal cache was given a deadline of its own, or that entries will be given some. */
    void noteDeadline() {
        if (!deadlinesMade) {
            deadlinesMade = true;
        }
    }

    /** Returns the current time, or {@link Expiry#NO_TIME} if no entry has a deadline, so that nothing depends on it. */
    long now() {
        return deadlinesMade ? clock.millis() : Expiry.NO_TIME;
    }

    /** Tells whether any entry may have a deadline, so that time matters in this cache. */
    boolean hasMadeDeadlines() {
        return deadlinesMade;
    }
}
