package io.fyercache.zookeeper.lock;

import io.fyercache.zookeeper.turn.Claim;
import java.time.Duration;
import java.util.Optional;

/**
 * A semaphore of a cluster: so many permits are held at a time, by whichever threads and processes. A thread that asks for a second one gets another,
 * or waits. Thread-safe.
 */
public final class FencedSemaphore {
    private final SessionLocks locks;
    private final String name;
    private final Claim claim;

    FencedSemaphore(SessionLocks locks, String name, int permits) {
        this.locks = locks;
        this.name = name;
        this.claim = Claim.permit(permits);
    }

    /**
     * Waits until there is a permit for the caller.
     *
     * @return the hold, to be closed; it may have been lost by the time that the caller sees it
     * @throws InterruptedException if the thread is interrupted; then it has got none
     * @throws LocksUnavailableException if ZooKeeper cannot be reached or denies it, or the name is in use with another number of permits, or for
     *     another kind of lock
     * @throws IllegalStateException if the cache manager is closed
     */
    public LockHold acquire() throws InterruptedException {
        return locks.acquire(name, claim);
    }

    /**
     * Waits until there is a permit for the caller, but not longer than that.
     *
     * @param limit more than nothing, at most 365 days
     * @return the hold, to be closed; empty if the time has passed
     * @throws IllegalArgumentException if there is no such limit
     * @throws InterruptedException see {@link #acquire}
     * @throws LocksUnavailableException see {@link #acquire}
     * @throws IllegalStateException see {@link #acquire}
     */
    public Optional<LockHold> tryAcquire(Duration limit) throws InterruptedException {
        return locks.acquire(name, claim, limit);
    }

    /** Names it. */
    @Override
    public String toString() {
        return "FencedSemaphore[" + name + ", " + claim.permits() + "]";
    }
}
