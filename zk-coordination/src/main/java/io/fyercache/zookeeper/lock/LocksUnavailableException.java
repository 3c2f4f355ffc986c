package io.fyercache.zookeeper.lock;

/** A lock cannot be had, whoever holds it: ZooKeeper cannot be reached or denies it, or the name is in use for something else. Nothing is held. */
public final class LocksUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocksUnavailableException(String message) {
        super(message);
    }
}
