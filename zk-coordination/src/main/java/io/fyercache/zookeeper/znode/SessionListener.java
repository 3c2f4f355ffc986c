package io.fyercache.zookeeper.znode;

/** Is told what becomes of a session, on the member's thread. */
public interface SessionListener {
    /** There is a connection, the first or another. The watches are set again; of what changed in between they do not tell. */
    void connected();

    /** A watched znode, or the list of its children, is another than it was. Comes before any answer from which that can be seen. */
    void changed(String path);

    /** The ensemble has given the session up, and says so now that it can be reached. Nothing else is told. */
    void expired();
}
