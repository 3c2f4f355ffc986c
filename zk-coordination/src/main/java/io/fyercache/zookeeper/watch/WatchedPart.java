package io.fyercache.zookeeper.watch;

import java.util.function.Consumer;

/** A part of what is in ZooKeeper: read again whenever a watch says that it has changed. */
public interface WatchedPart {

    /** The znode that changes whenever the part does. */
    String path();

    /**
     * Reads it and tells the listener if it is new.
     *
     * @param end is told how that ended, once and later
     */
    void read(Consumer<Ending> end);

    /** How a reading ended. */
    enum Ending {
        /** What there was is known, and the listener told. */
        READ,
        /** The connection broke. */
        LOST,
        /** What is there may not be read, or is nothing that a member writes. */
        UNREADABLE
    }
}
