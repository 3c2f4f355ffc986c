package io.fyercache.core.entry;

/**
 * Thrown when waiting for a key would never end: the key is held by the calling thread itself, or by one that waits for it. The cache
 * is unchanged by the operation that throws.
 */
public final class KeyDeadlockException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception for a key that {@code owner} holds. */
    public KeyDeadlockException(Thread owner) {
        super("the key is held by "
                + (owner == Thread.currentThread()
                        ? "this thread, whose loader, writer, entry processor or expiry policy must not change it again"
                        : "thread '" + owner.getName() + "', which waits for a key that this thread holds")
                + "; let such code use other keys, in one order, or finish first");
    }
}
