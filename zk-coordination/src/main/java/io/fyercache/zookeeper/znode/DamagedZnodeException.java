package io.fyercache.zookeeper.znode;

import java.io.Serial;

/** Thrown when a znode that must be there cannot be read, or has a content that no member writes. Nothing was made of it. */
public final class DamagedZnodeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String path;

    /** Names the znode and what was found there. */
    public DamagedZnodeException(String path, String found) {
        super("znode " + path + ": " + found);
        this.path = path;
    }

    /** Names the znode that could not be decoded. */
    public DamagedZnodeException(String path, RuntimeException cause) {
        super("znode " + path + ": " + cause.getMessage(), cause);
        this.path = path;
    }

    /** Names the znode that ZooKeeper did not let this member read. */
    public static DamagedZnodeException unreadable(String path, Reply<?> reply) {
        return new DamagedZnodeException(path, "cannot be read: " + reply + " (expected: to be there, and permission)");
    }

    /** Returns the path of the znode, below the cluster's chroot. */
    public String path() {
        return path;
    }
}
