package io.fyercache.zookeeper.lock;

/** A lock is not held any more that was to be. */
public final class LockLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LockLostException(String message) {
        super(message);
    }
}
