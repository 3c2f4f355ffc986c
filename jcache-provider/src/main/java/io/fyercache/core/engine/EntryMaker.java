package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.time.Clock;

/** Makes the leanest entries that a cache can do with. Any thread. */
final class EntryMaker {
    private final boolean eternal;
    private final Clock clock;
    private volatile boolean deadlinesMade;

    EntryMaker(Expiry expiry, Clock clock) {
        this.clock = clock;
        this.eternal = expiry.isEternal();
        this.deadlinesMade = !eternal;
    }

    /** Makes an entry; one without a deadline gets no room for one where the policy will never ask for it. */
    CacheEntry make(Object key, Object slot, long deadlineMillis) {
        if (eternal && deadlineMillis == Expiry.NEVER) {
            return CacheEntry.eternal(key, slot);
        }
        noteDeadline();
        return CacheEntry.expiring(key, slot, deadlineMillis);
    }

    /** Says that an entry of an eternal cache was given a deadline of its own. */
    void noteDeadline() {
        if (!deadlinesMade) {
            deadlinesMade = true;
        }
    }

    /** Returns the current time, or any if no entry has a deadline, so that nothing depends on it. */
    long now() {
        return deadlinesMade ? clock.millis() : 0;
    }

    /** Tells whether any entry may have a deadline, so that time matters in this cache. */
    boolean hasMadeDeadlines() {
        return deadlinesMade;
    }
}
