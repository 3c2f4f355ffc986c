package io.fyercache.core.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** An entry with room for a deadline; see {@link CacheEntry} for who may do what. */
final class ExpiringEntry extends CacheEntry {
    private static final VarHandle DEADLINE;

    /** The deadline of a value that was found expired: earlier than any time, so that no touch can revive it. */
    private static final long EXPIRED = Long.MIN_VALUE;

    static {
        try {
            DEADLINE = MethodHandles.lookup().findVarHandle(ExpiringEntry.class, "deadlineMillis", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Accessed in acquire/release mode only: see {@link CacheEntry} on the order of slot and deadline. */
    @SuppressWarnings("UnusedVariable") // read and written through DEADLINE
    private long deadlineMillis;

    ExpiringEntry(Object key, Object slot, long deadlineMillis) {
        super(key, slot);
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    public boolean isEternal() {
        return false;
    }

    @Override
    public long deadlineMillis() {
        return (long) DEADLINE.getAcquire(this);
    }

    @Override
    public boolean canExpireAt(long deadlineMillis) {
        return true;
    }

    @Override
    public void setDeadline(long deadlineMillis) {
        DEADLINE.setRelease(this, deadlineMillis);
    }

    @Override
    public boolean touch(long seenDeadlineMillis, long deadlineMillis) {
        return DEADLINE.compareAndSet(this, seenDeadlineMillis, deadlineMillis);
    }

    @Override
    public boolean expire(long nowMillis) {
        long seen;
        do {
            seen = deadlineMillis();
            if (seen > nowMillis) {
                return false;
            }
        } while (!DEADLINE.compareAndSet(this, seen, EXPIRED));
        return true;
    }
}
