package io.fyercache.zookeeper.lock;

import io.fyercache.zookeeper.turn.Claim;

/**
 * Locks that all processes of a cluster share, by name: {@code manager.unwrap(Locks.class)} of a cache manager whose caches are in a cluster. They are
 * kept in the cluster's ZooKeeper, in a session of their own, which begins when the first lock is taken.
 *
 * <p>Each hold has a <b>fencing token</b> that grows from holder to holder ({@link LockHold#token}). No lock service can stop a process that stands
 * still while it holds a lock, and goes on when somebody else has it. So hand the token along with what the lock protects, and have it refused there if a
 * greater one was seen.
 *
 * <p>Whoever waits longest comes next. A name stands for one kind of lock in all processes; a lock is there while it is held or waited for, and needs not be
 * made. Thread-safe.
 */
public interface Locks {
    /** Characters of a name, at most: it is part of a path in ZooKeeper, and of what is logged. */
    int MAX_NAME_LENGTH = 100;

    /** Permits of a semaphore, at most: who waits first for one of them reads the names of all who hold one. */
    int MAX_PERMITS = Claim.MAX_PERMITS;

    /**
     * Returns a lock that is held by one thread of one process at a time.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}, not made of dots alone
     * @throws IllegalArgumentException if it is no such name
     * @throws IllegalStateException if the cache manager is closed
     */
    FencedLock lock(String name);

    /**
     * Returns a lock that is held by one thread to write, or by many to read.
     *
     * @param name see {@link #lock}
     * @throws IllegalArgumentException if it is no such name
     * @throws IllegalStateException if the cache manager is closed
     */
    FencedReadWriteLock readWriteLock(String name);

    /**
     * Returns a semaphore, of which so many permits are held at a time.
     *
     * @param name see {@link #lock}
     * @param permits 1 to {@value #MAX_PERMITS}, the same wherever the name is used
     * @throws IllegalArgumentException if it is no such name or number
     * @throws IllegalStateException if the cache manager is closed
     */
    FencedSemaphore semaphore(String name, int permits);
}
