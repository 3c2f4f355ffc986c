package io.fyercache.zookeeper.znode;

import java.util.function.Consumer;

/**
 * A session that also watches what it reads, once: {@link SessionListener#changed} tells when that is not so any more, and then no more of it. What
 * has changed while there was no connection is told on the next.
 */
public interface ObservingSession extends ZnodeSession {

    /** Returns after how many nanoseconds without a word the ensemble gives the session up, as agreed upon when it was connected last. */
    long timeoutNanos();

    /** Reads a znode, and if it is there tells when its data is set or it is deleted. */
    void observe(String path, Consumer<Reply<Znode>> callback);

    /** Reads the names of a znode's children, and if it is there tells when they are others, or it is deleted. */
    void observeChildren(String path, Consumer<Reply<Children>> callback);
}
