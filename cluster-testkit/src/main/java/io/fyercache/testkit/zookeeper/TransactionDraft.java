package io.fyercache.testkit.zookeeper;

import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Check;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import io.fyercache.zookeeper.znode.ZnodeOperation.SetData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transaction in the making. The tree stays as it is; what the operations so far have changed lies over it. */
final class TransactionDraft {
    private final ZnodeTree tree;
    private final long zxid;
    private final long session;
    private final Map<String, Optional<Znode>> changes = new LinkedHashMap<>();

    private TransactionDraft(ZnodeTree tree, long session) {
        this.tree = tree;
        this.zxid = tree.zxid() + 1;
        this.session = session;
    }

    /** Works out what the next transaction does to a tree: all of the operations, or nothing. */
    static Transaction of(ZnodeTree tree, long session, List<ZnodeOperation> operations) {
        TransactionDraft draft = new TransactionDraft(tree, session);
        Reply<List<Written>> reply = draft.perform(operations);
        return new Transaction(draft.zxid, reply instanceof Reply.Done ? draft.changes : Map.of(), reply);
    }

    /** Answers with as much of the znodes as ZooKeeper tells. */
    private Reply<List<Written>> perform(List<ZnodeOperation> operations) {
        List<Written> results = new ArrayList<>(operations.size());
        for (ZnodeOperation operation : operations) {
            Refusal obstacle = operation instanceof Create create ? obstacle(create) : obstacle(operation);
            if (obstacle != null) {
                return new Reply.Refused<>(results.size(), obstacle);
            }
            results.add(perform(operation));
        }
        return new Reply.Done<>(results);
    }

    private @Nullable Refusal obstacle(Create create) {
        Znode parent = find(ZnodeChange.parent(create.path()));
        if (parent == null) {
            return Refusal.NO_NODE;
        }
        if (ZnodeChange.isEphemeral(parent)) {
            return Refusal.NO_CHILDREN_FOR_EPHEMERALS;
        }
        return find(pathOf(create, parent)) == null ? null : Refusal.NODE_EXISTS;
    }

    private @Nullable Refusal obstacle(ZnodeOperation operation) {
        Znode znode = find(operation.path());
        if (znode == null) {
            return Refusal.NO_NODE;
        }
        int expected = expectedVersion(operation);
        if (expected != ZnodeOperation.ANY_VERSION && expected != znode.stat().version()) {
            return Refusal.BAD_VERSION;
        }
        return operation instanceof Delete && znode.stat().numChildren() > 0 ? Refusal.NOT_EMPTY : null;
    }

    private static int expectedVersion(ZnodeOperation operation) {
        if (operation instanceof SetData setData) {
            return setData.expectedVersion();
        }
        return operation instanceof Delete delete ? delete.expectedVersion() : ((Check) operation).expectedVersion();
    }

    private Written perform(ZnodeOperation operation) {
        if (operation instanceof Create create) {
            Znode parent = existing(ZnodeChange.parent(create.path()));
            boolean stays = create.mode() == CreateMode.PERSISTENT || create.mode() == CreateMode.CONTAINER;
            long owner = stays ? 0 : session;
            Znode created = ZnodeChange.created(pathOf(create, parent), create.data(), zxid, owner);
            put(created);
            put(ZnodeChange.withChildren(parent, 1, zxid));
            return new Written(created.path(), null);
        }
        Znode znode = existing(operation.path());
        if (operation instanceof SetData setData) {
            Znode changed = ZnodeChange.withData(znode, setData.data(), zxid);
            put(changed);
            return new Written(changed.path(), changed.stat());
        }
        if (operation instanceof Delete) {
            changes.put(znode.path(), Optional.empty());
            put(ZnodeChange.withChildren(existing(ZnodeChange.parent(znode.path())), -1, zxid));
        }
        return new Written(znode.path(), null);
    }

    private static String pathOf(Create create, Znode parent) {
        return create.mode() == CreateMode.EPHEMERAL_SEQUENTIAL
                ? create.path()
                        + String.format(Locale.ROOT, "%010d", parent.stat().cversion())
                : create.path();
    }

    private void put(Znode znode) {
        changes.put(znode.path(), Optional.of(znode));
    }

    private Znode existing(String path) {
        Znode znode = find(path);
        if (znode == null) {
            throw new IllegalStateException("znode " + path + ": missing (expected: checked before)");
        }
        return znode;
    }

    private @Nullable Znode find(String path) {
        Optional<Znode> changed = changes.get(path);
        return changed == null ? tree.find(path) : changed.orElse(null);
    }
}
