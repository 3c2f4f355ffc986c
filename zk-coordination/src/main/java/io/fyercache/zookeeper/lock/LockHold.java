package io.fyercache.zookeeper.lock;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something held of a lock, until it is closed or lost. It is lost when its session with ZooKeeper is, or when five sixths of that session's timeout have
 * passed without an answer of ZooKeeper: before anybody else can get it, unless clocks run at very different speeds, a server of ZooKeeper dies with what it
 * has not handed on, or somebody deletes znodes by hand. Of a process that stands still nobody can say that it is told in time: that is what
 * {@link #token} is for.
 *
 * <p>Any thread may use it, also to close it. Thread-safe.
 */
public final class LockHold implements AutoCloseable {
    private final Grip grip;
    private final AtomicBoolean closed = new AtomicBoolean();

    LockHold(Grip grip) {
        this.grip = grip;
    }

    /**
     * Returns the fencing token, which is greater than zero. That of a holder who holds alone is greater than that of everybody before. Those who may hold
     * at the same time, readers or the holders of permits, have different ones in the order in which they asked; a reader's is greater than that of
     * every writer before.
     *
     * <p>It is the number of a transaction of ZooKeeper, so it goes on growing when ZooKeeper's leader changes, and begins anew only with a ZooKeeper
     * that has lost its data. Holds that a thread has at the same time of one lock have the same, but for those of a semaphore.
     */
    public long token() {
        return grip.token();
    }

    /** Tells whether it is held. Once it is not, it never is again. It asks the clock and nobody else, so it may be called often. */
    public boolean isHeld() {
        return !closed.get() && grip.isHeld();
    }

    /**
     * Checks that it is held.
     *
     * @throws LockLostException if it is lost, or closed
     */
    public void requireHeld() {
        if (!isHeld()) {
            throw new LockLostException(grip.lock() + (closed.get() ? ": closed" : ": lost")
                    + " (expected: held); undo what was done, or leave it to the holder of the next token, which is greater than "
                    + token());
        }
    }

    /**
     * Has something done when it is lost before it is closed: at once if it is lost already. It runs on a thread that may be made to wait, and what
     * it throws is logged.
     *
     * @return this
     */
    public LockHold onLost(Runnable action) {
        grip.onLost(() -> {
            if (!closed.get()) {
                action.run();
            }
        });
        return this;
    }

    /** Gives it up; a second time it does nothing. It does not wait: others come in a moment later, or when ZooKeeper can be reached. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            grip.release();
        }
    }

    /** Names the lock, and the token. */
    @Override
    public String toString() {
        return "LockHold[" + grip.lock() + ", token " + token() + "]";
    }
}
