package io.fyercache.zookeeper.znode;

/** A part of a transaction. */
public sealed interface ZnodeOperation {
    /** In place of a version: whichever the znode has. */
    int ANY_VERSION = -1;

    /** Which znode is concerned. */
    String path();

    /**
     * Creates a znode whose parent is there.
     *
     * @param path absolute; the beginning of it if the mode is sequential
     */
    // Operations are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Create(String path, byte[] data, CreateMode mode) implements ZnodeOperation {
        /** Checks the path. */
        public Create {
            if (!path.startsWith("/") || (path.endsWith("/") && mode != CreateMode.EPHEMERAL_SEQUENTIAL)) {
                throw new IllegalArgumentException("path: " + path + " (expected: absolute, with a name at its end)");
            }
        }
    }

    /** Sets a znode's data if it has the expected version. */
    // Operations are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record SetData(String path, byte[] data, int expectedVersion) implements ZnodeOperation {}

    /** Deletes a znode without children if it has the expected version. */
    record Delete(String path, int expectedVersion) implements ZnodeOperation {}

    /** Changes nothing, and fails if the znode is missing or has another version than expected. */
    record Check(String path, int expectedVersion) implements ZnodeOperation {}

    /** How long a znode stays, and who chooses its name. */
    enum CreateMode {
        /** Until it is deleted. */
        PERSISTENT,
        /** Until some time after its last child has gone: then ZooKeeper deletes it, within a minute unless told otherwise. */
        CONTAINER,
        /** As long as the session that creates it. */
        EPHEMERAL,
        /** Ephemeral; the name ends with a number of ten digits that grows with each change of the parent's children. */
        EPHEMERAL_SEQUENTIAL
    }
}
