package io.fyercache.zookeeper.life;

import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.ZnodeSession;

/** What everything that goes on over sessions needs of the process that it is in. */
public interface SessionHost {

    /** Begins a session, whose listener is called on the thread of the process and not within this call. */
    ZnodeSession open(SessionListener listener);

    /** Does something on the thread of the process, after all that was asked for before, and not within this call. */
    void later(Runnable action);

    /** It will not begin, or cannot go on. Nothing else is called. */
    void refused(JoinFailure why);

    /**
     * A znode has a content that nobody writes, or may not be accessed. What is waiting for it is not answered until it can be read; it is
     * read again each time.
     *
     * @param damage names the znode, and what is wrong with it
     */
    void damaged(RuntimeException damage);
}
