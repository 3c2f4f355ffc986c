package io.fyercache.zookeeper.view;

import io.fyercache.zookeeper.life.SessionHost;

/** What a client's view needs of the process that it is in. */
public interface ViewHost extends SessionHost {

    /** The latest session that was opened is with the right cluster: what becomes of it is for the view alone. */
    void admitted();

    /** The cluster is there. Called once, before its listener is told anything. */
    void opened(ClientView view);
}
