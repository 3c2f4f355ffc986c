package io.fyercache.zookeeper;

import io.fyercache.zookeeper.znode.SessionListener;

/** Is told of broken connections, too. */
interface ConnectionListener extends SessionListener {

    /** The connection broke, or a server that is being tried has no place for this session. Another one is tried. */
    void disconnected();
}
