package io.fyercache.zookeeper.znode;

/**
 * A znode after some transaction. It never changes; a transaction replaces it.
 *
 * @param data shared by all who read it: nobody may change it
 */
// Znodes are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Znode(String path, byte[] data, Stat stat) {

    /**
     * What ZooKeeper knows of a znode, under ZooKeeper's names.
     *
     * @param czxid the transaction that created it
     * @param mzxid the last transaction that set its data
     * @param pzxid the last transaction that created or deleted a child
     * @param version how often its data was set
     * @param cversion how often a child was created or deleted
     * @param ephemeralOwner the session with which it vanishes, 0 if it stays
     * @param numChildren how many children it has
     */
    public record Stat(
            long czxid, long mzxid, long pzxid, int version, int cversion, long ephemeralOwner, int numChildren) {}
}
