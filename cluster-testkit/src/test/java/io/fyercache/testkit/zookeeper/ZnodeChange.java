package io.fyercache.testkit.zookeeper;

import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.Znode.Stat;

/** What transactions make of znodes. */
final class ZnodeChange {
    /** The root, which was never created. */
    static final Znode ROOT = new Znode("/", new byte[0], new Stat(0, 0, 0, 0, 0, 0, 0));

    private ZnodeChange() {}

    static Znode created(String path, byte[] data, long zxid, long owner) {
        return new Znode(path, data, new Stat(zxid, zxid, zxid, 0, 0, owner, 0));
    }

    static Znode withData(Znode znode, byte[] next, long zxid) {
        Stat stat = znode.stat();
        return new Znode(
                znode.path(),
                next,
                new Stat(
                        stat.czxid(),
                        zxid,
                        stat.pzxid(),
                        stat.version() + 1,
                        stat.cversion(),
                        stat.ephemeralOwner(),
                        stat.numChildren()));
    }

    /** The parent after a child was created (1) or deleted (-1). */
    static Znode withChildren(Znode parent, int more, long zxid) {
        Stat stat = parent.stat();
        return new Znode(
                parent.path(),
                parent.data(),
                new Stat(
                        stat.czxid(),
                        stat.mzxid(),
                        zxid,
                        stat.version(),
                        stat.cversion() + 1,
                        stat.ephemeralOwner(),
                        stat.numChildren() + more));
    }

    static boolean isEphemeral(Znode znode) {
        return znode.stat().ephemeralOwner() != 0;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }
}
