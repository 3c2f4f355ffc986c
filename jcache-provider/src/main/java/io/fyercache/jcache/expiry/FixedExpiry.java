package io.fyercache.jcache.expiry;

import io.fyercache.core.entry.Expiry;

/**
 * An expiry whose three durations never change.
 *
 * @param creation how long a new entry lives, see {@link LifeSpan}
 * @param update how long an entry lives from an update on
 * @param access how long an entry lives from an access on
 */
record FixedExpiry(long creation, long update, long access) implements Expiry {

    @Override
    public long afterCreation(long nowMillis) {
        return LifeSpan.deadline(nowMillis, creation);
    }

    @Override
    public long afterUpdate(long nowMillis) {
        return LifeSpan.deadline(nowMillis, update);
    }

    @Override
    public long afterAccess(long nowMillis) {
        return LifeSpan.deadline(nowMillis, access);
    }

    @Override
    public boolean isEternal() {
        return creation == NEVER && isEndless(update) && isEndless(access);
    }

    @Override
    public boolean changesOnAccess() {
        return access != UNCHANGED;
    }

    @Override
    public boolean runsUserCode() {
        return false;
    }

    private static boolean isEndless(long millis) {
        return millis == NEVER || millis == UNCHANGED;
    }
}
