package io.fyercache.testkit.zookeeper;

/**
 * A znode after some transaction. It never changes; a transaction replaces it.
 *
 * @param data shared by all who read it: nobody may change it
 */
// Znodes are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Znode(String path, byte[] data, Stat stat) {
    /** The root, which was never created. */
    static final Znode ROOT = new Znode("/", new byte[0], new Stat(0, 0, 0, 0, 0, 0, 0));

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

    static Znode created(String path, byte[] data, long zxid, long owner) {
        return new Znode(path, data, new Stat(zxid, zxid, zxid, 0, 0, owner, 0));
    }

    Znode withData(byte[] next, long zxid) {
        return new Znode(
                path,
                next,
                new Stat(
                        stat.czxid,
                        zxid,
                        stat.pzxid,
                        stat.version + 1,
                        stat.cversion,
                        stat.ephemeralOwner,
                        stat.numChildren));
    }

    /** The parent after a child was created (1) or deleted (-1). */
    Znode withChildren(int more, long zxid) {
        return new Znode(
                path,
                data,
                new Stat(
                        stat.czxid,
                        stat.mzxid,
                        zxid,
                        stat.version,
                        stat.cversion + 1,
                        stat.ephemeralOwner,
                        stat.numChildren + more));
    }

    boolean isEphemeral() {
        return stat.ephemeralOwner != 0;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }
}
