package io.fyercache.zookeeper;

import io.fyercache.zookeeper.life.JoinFailure;

/** Is told once, on the member's thread, how an attempt to join has ended; never if the member leaves before. */
public interface JoinListener {

    /** The member's znode is there. Its coordination listener is told everything after this. */
    void joined(ZooKeeperCoordinator coordinator);

    /** The member has not joined, and its coordination listener will not be told anything. */
    void failed(JoinFailure why);
}
