package io.fyercache.zookeeper;

import io.fyercache.zookeeper.life.JoinFailure;

/** Is told on the client's thread what becomes of a view; nothing once the client has left. */
public interface ViewListener {

    /** The cluster is there. The view's listener is told everything after this. */
    void opened(ZooKeeperClusterView view);

    /**
     * The view was not opened; or it was, and the cluster is not the same any more, or not permitted any more. No listener is told anything
     * after this.
     */
    void failed(JoinFailure why);
}
