package io.fyercache.testkit.zookeeper;

import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All znodes as of a transaction: the leader's are the truth, a server's an earlier state of it. */
final class ZnodeTree {
    private final NavigableMap<String, Znode> znodes = new TreeMap<>();
    private long zxid;

    ZnodeTree() {
        znodes.put(ZnodeChange.ROOT.path(), ZnodeChange.ROOT);
    }

    /** The last transaction that was applied, 0 before the first. */
    long zxid() {
        return zxid;
    }

    @Nullable
    Znode find(String path) {
        return znodes.get(path);
    }

    Reply<Znode> read(String path) {
        Znode znode = find(path);
        return znode == null ? new Reply.Refused<>(0, Refusal.NO_NODE) : new Reply.Done<>(znode);
    }

    Reply<Children> readChildren(String path) {
        Znode parent = find(path);
        if (parent == null) {
            return new Reply.Refused<>(0, Refusal.NO_NODE);
        }
        String prefix = path.endsWith("/") ? path : path + "/";
        List<String> names = new ArrayList<>(parent.stat().numChildren());
        for (String below : znodes.tailMap(prefix, false).keySet()) {
            if (!below.startsWith(prefix)) {
                break;
            }
            if (below.indexOf('/', prefix.length()) < 0) {
                names.add(below.substring(prefix.length()));
            }
        }
        return new Reply.Done<>(new Children(parent.stat(), names));
    }

    /** What vanishes with a session. */
    List<ZnodeOperation> deletionsAfter(long session) {
        List<ZnodeOperation> deletions = new ArrayList<>();
        for (Znode znode : znodes.values()) {
            if (znode.stat().ephemeralOwner() == session) {
                deletions.add(new ZnodeOperation.Delete(znode.path(), ZnodeOperation.ANY_VERSION));
            }
        }
        return deletions;
    }

    void apply(Transaction transaction) {
        transaction.changes().forEach((path, after) -> {
            if (after.isPresent()) {
                znodes.put(path, after.get());
            } else {
                znodes.remove(path);
            }
        });
        zxid = transaction.zxid();
    }
}
