package io.fyercache.core.entry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/**
 * Who waits for whose hold, over all caches of a provider, so that a circle of waiting threads becomes an error and not a hang.
 *
 * <p>User code that runs with a key held may use other keys and other caches. Two such pieces of code that use each other's key would
 * wait for ever; the thread whose wait would close the circle gets a {@link KeyDeadlockException} instead, and the others go on.
 * Touched only by threads that are about to wait. Thread-safe.
 */
public final class HoldWaits {

    /** Which thread waits for which hold. One lock for all: of those who close a circle together, exactly one must find it closed. */
    @GuardedBy("this")
    private final Map<Thread, KeyHold> waiting = new HashMap<>();

    /**
     * Waits until {@code hold} is released.
     *
     * @throws KeyDeadlockException if the owner of {@code hold} waits, directly or through others, for the calling thread, or is the
     *     calling thread; nothing has changed then
     */
    public void await(KeyHold hold) {
        enter(hold);
        try {
            hold.awaitReleased();
        } finally {
            leave();
        }
    }

    /** Tells whether {@code thread} waits for a hold at this moment, so that nothing of its own goes on. */
    public synchronized boolean isWaiting(Thread thread) {
        KeyHold hold = waiting.get(thread);
        return hold != null && !hold.isOver();
    }

    private synchronized void enter(KeyHold hold) {
        Thread self = Thread.currentThread();
        // The chain ends: nobody ever closed a circle. Who waits for a hold that was released is about to go on, and
        // waits for nobody.
        for (KeyHold next = hold; next != null && !next.isOver(); next = waiting.get(next.owner())) {
            if (next.owner() == self) {
                throw new KeyDeadlockException(hold.owner());
            }
        }
        waiting.put(self, hold);
    }

    private synchronized void leave() {
        waiting.remove(Thread.currentThread());
    }
}
