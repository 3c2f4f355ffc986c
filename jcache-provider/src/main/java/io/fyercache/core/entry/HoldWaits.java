package io.fyercache.core.entry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who waits for whose hold, over all caches of a provider, so that a circle of waiting threads becomes an error and not a hang.
 *
 * <p>User code that runs with a key held may use other keys and other caches. Two such pieces of code that use each other's key would
 * wait for ever; the thread whose wait would close the circle gets a {@link KeyDeadlockException} instead, and the others go on.
 * Touched only by threads that are about to wait. Thread-safe.
 */
public final class HoldWaits {

    /** How far a chain of waiting threads is followed. Longer ones are taken for chains that shift while they are read. */
    private static final int MAX_CHAIN = 1_000;

    private final ConcurrentMap<Thread, KeyHold> waiting = new ConcurrentHashMap<>();

    /**
     * Waits until {@code hold} is released.
     *
     * @throws KeyDeadlockException if the owner of {@code hold} waits, directly or through others, for the calling thread, or is the
     *     calling thread; nothing has changed then
     */
    public void await(KeyHold hold) {
        Thread self = Thread.currentThread();
        waiting.put(self, hold);
        try {
            // Each thread first says what it waits for and then looks: of two that close a circle together, one at
            // least sees it.
            KeyHold next = hold;
            for (int i = 0; next != null && i < MAX_CHAIN; i++) {
                if (next.owner() == self) {
                    throw new KeyDeadlockException(hold.owner());
                }
                next = waiting.get(next.owner());
            }
            hold.awaitReleased();
        } finally {
            waiting.remove(self);
        }
    }

    /** Tells whether {@code thread} waits for a hold at this moment, so that nothing of its own goes on. */
    public boolean isWaiting(Thread thread) {
        return waiting.containsKey(thread);
    }
}
