package io.fyercache.testkit.zookeeper;

import org.jspecify.annotations.Nullable;

/** What the ensemble knows of a client. */
final class Session {
    private final long id;
    private final ZooKeeperClient client;
    private long lastHeardNanos;
    private boolean over;
    private @Nullable Connection connection;

    Session(long id, ZooKeeperClient client) {
        this.id = id;
        this.client = client;
    }

    long id() {
        return id;
    }

    ZooKeeperClient client() {
        return client;
    }

    /** The last connection, which may be closed. */
    @Nullable
    Connection connection() {
        return connection;
    }

    void moveTo(Connection next) {
        connection = next;
    }

    /**
     * Tells whether what came by a connection may still be carried out. Not after the session has moved to another one: so what a client
     * lost sight of is done or will never be, once it is connected again.
     */
    boolean accepts(Connection from) {
        return !over && connection == from;
    }

    /** When it will be over if nothing more is heard. */
    long deadlineNanos() {
        return lastHeardNanos + FakeZooKeeper.SESSION_TIMEOUT_NANOS;
    }

    void heard(long nowNanos) {
        lastHeardNanos = Math.max(lastHeardNanos, nowNanos);
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
