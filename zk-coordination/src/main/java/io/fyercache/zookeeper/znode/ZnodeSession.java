package io.fyercache.zookeeper.znode;

import java.util.List;
import java.util.function.Consumer;

/**
 * A member's session with the ensemble. Requests are answered in their order, and never within the call; while there is no connection they
 * stay unanswered or end as lost. A connection that breaks is made again by itself, until the ensemble has given the session up. What a
 * session sees never gets older.
 *
 * <p>Used by the member's thread, on which it answers too.
 */
public interface ZnodeSession {

    /** Returns the number by which the ensemble knows it, while there is a connection: whose ephemeral znodes are this session's. */
    long id();

    /** Tells whether there is a connection, as far as is known. */
    boolean isConnected();

    /** Does all of it or nothing. */
    void write(List<ZnodeOperation> operations, Consumer<Reply<List<Written>>> callback);

    /** Makes later reads see all that was done by now. It is agreed upon like a write, so a leader that was deposed cannot answer it. */
    void sync(Consumer<Reply<List<Written>>> callback);

    /** Reads a znode, perhaps as it was, but never as it was before something that this session has seen. */
    void get(String path, Consumer<Reply<Znode>> callback);

    /** Reads the names of a znode's children, with the same reservation. */
    void children(String path, Consumer<Reply<Children>> callback);

    /**
     * Watches a znode and the list of its children for as long as the session lasts. ZooKeeper calls the watch persistent. The children
     * themselves are not watched.
     */
    void watch(String path);

    /** Ends the session. Nothing is answered or told any more. If the ensemble cannot be reached, it will find out by itself. */
    void close();
}
