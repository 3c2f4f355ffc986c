package io.fyercache.zookeeper.lock;

import io.fyercache.zookeeper.turn.Claim;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock of a cluster. It belongs to a thread, which may take it again while it holds it; it is free when all of its holds are closed. Thread-safe.
 */
public final class FencedLock {
    private final SessionLocks locks;
    private final String name;
    private final Claim claim;

    FencedLock(SessionLocks locks, String name, Claim claim) {
        this.locks = locks;
        this.name = name;
        this.claim = claim;
    }

    /**
     * Waits until it is the caller's turn.
     *
     * @return the hold, to be closed; it may have been lost by the time that the caller sees it
     * @throws InterruptedException if the thread is interrupted; then it does not wait any more, and holds nothing that it did not hold before
     * @throws LocksUnavailableException if ZooKeeper cannot be reached or denies it, or the name is in use for another kind of lock
     * @throws IllegalStateException if the cache manager is closed; or to write, while the thread holds the lock to read: it would wait for itself
     */
    public LockHold lock() throws InterruptedException {
        return locks.acquire(name, claim);
    }

    /**
     * Waits until it is the caller's turn, but not longer than that. Even where nobody is in the way it takes ZooKeeper some milliseconds to say so.
     *
     * @param limit more than nothing, at most 365 days
     * @return the hold, to be closed; empty if the time has passed
     * @throws IllegalArgumentException if there is no such limit
     * @throws InterruptedException see {@link #lock}
     * @throws LocksUnavailableException see {@link #lock}
     * @throws IllegalStateException see {@link #lock}
     */
    public Optional<LockHold> tryLock(Duration limit) throws InterruptedException {
        return locks.acquire(name, claim, limit);
    }

    /** Names it. */
    @Override
    public String toString() {
        return "FencedLock[" + name + ", " + claim.kind() + "]";
    }
}
