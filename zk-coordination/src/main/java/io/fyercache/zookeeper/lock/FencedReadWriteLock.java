package io.fyercache.zookeeper.lock;

import io.fyercache.zookeeper.turn.Claim;

/**
 * A lock of a cluster that many hold to read, or one to write. Whoever wants to write is not overtaken by readers who come later.
 *
 * <p>A thread that holds it to write may take it to read, too: it goes on holding it to write until both are closed. The other way round it would wait for
 * itself, and is refused. Thread-safe.
 */
public final class FencedReadWriteLock {
    private final FencedLock read;
    private final FencedLock write;

    FencedReadWriteLock(SessionLocks locks, String name) {
        read = new FencedLock(locks, name, Claim.READ);
        write = new FencedLock(locks, name, Claim.WRITE);
    }

    /** Returns the lock that others may hold at the same time. */
    public FencedLock readLock() {
        return read;
    }

    /** Returns the lock that is held alone. */
    public FencedLock writeLock() {
        return write;
    }
}
