package io.fyercache.zookeeper.life;

import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.ZnodeSession;

/** What the life of a member needs of the process that it is in. */
public interface LifeHost {

    /** Begins a session, whose listener is called on the member's thread and not within this call. */
    ZnodeSession open(SessionListener listener);

    /** Does something on the member's thread, after all that was asked for before, and not within this call. */
    void later(Runnable action);

    /** The member's znode is there. Called once, before its listener is told anything. */
    void joined(MemberLife life);

    /** This life will not begin. Nothing else is called. */
    void refused(JoinFailure why);

    /**
     * A znode has a content that no member writes. Until it can be read, no licence is renewed and no refresh ends; it is read again for
     * each of them.
     *
     * @param damage names the znode, and what is wrong with it
     */
    void damaged(RuntimeException damage);
}
