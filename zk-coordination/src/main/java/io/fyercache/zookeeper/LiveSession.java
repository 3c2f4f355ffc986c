package io.fyercache.zookeeper;

import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.ObservingSession;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.Znodes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A session with a real ensemble: one handle of ZooKeeper's client, never replaced by another. The client answers requests and tells of
 * events by one thread of its own, in the order in which the server has sent them; each is handed on to the thread of the process in that order,
 * so nothing ever blocks ZooKeeper's threads, and all state here is that thread's.
 *
 * <p>All paths are below the cluster's chroot.
 */
final class LiveSession implements ObservingSession {
    private static final Logger LOGGER = System.getLogger(LiveSession.class.getName());

    /** Milliseconds that the client's threads have to end after the session; they have nothing left to do. */
    private static final int CLOSE_MILLIS = 10_000;

    private final ZooKeeper zooKeeper;
    private final String chroot;
    private final List<ACL> accessList;
    private final ProcessThread process;
    private final ConnectionListener listener;
    private final Set<String> watchesToSet = new LinkedHashSet<>();
    private final Runnable onEnd;
    private boolean connected;
    private boolean closed;

    /**
     * Begins to connect.
     *
     * @param process by which this is called
     * @param onEnd is called after {@link #close}, when the ensemble knows of it or cannot be told, and the client's threads have ended
     * @throws IllegalArgumentException if a setting cannot be used
     * @throws IOException if the machine denies the client what it needs
     */
    LiveSession(ZooKeeperSettings settings, ProcessThread process, ConnectionListener listener, Runnable onEnd)
            throws IOException {
        this.chroot = settings.chroot();
        this.accessList = AccessLists.of(settings);
        this.process = process;
        this.listener = listener;
        this.onEnd = onEnd;
        // What the watcher hands on cannot run before this is constructed: the thread of the process is busy with that.
        int timeoutMillis = (int) settings.sessionTimeout().toMillis();
        this.zooKeeper = new ZooKeeper(
                settings.servers(), timeoutMillis, event -> hand(() -> onEvent(event)), configuration(settings.tls()));
        DigestCredentials credentials = settings.credentials();
        if (credentials != null) {
            zooKeeper.addAuthInfo(DigestCredentials.SCHEME, credentials.toBytes());
        }
    }

    private static ZKClientConfig configuration(@Nullable ZooKeeperTls tls) {
        ZKClientConfig configuration = new ZKClientConfig();
        if (tls != null) {
            tls.check();
            tls.configure(configuration);
        }
        return configuration;
    }

    private void hand(Runnable action) {
        process.hand(() -> {
            if (!closed) {
                action.run();
            }
        });
    }

    // ---- what happens

    private void onEvent(WatchedEvent event) {
        if (event.getType() != EventType.None) {
            if (event.getPath().startsWith(chroot)) {
                listener.changed(event.getPath().substring(chroot.length()));
            }
            return;
        }
        switch (event.getState()) {
            case SyncConnected -> {
                connected = true;
                List.copyOf(watchesToSet).forEach(this::setWatch);
                listener.connected();
            }
            case Disconnected -> {
                connected = false;
                listener.disconnected();
            }
            case Expired, AuthFailed -> {
                connected = false;
                listener.expired();
            }
            default -> LOGGER.log(Level.DEBUG, "session of {0}: {1}", chroot, event.getState());
        }
    }

    // ---- znodes

    @Override
    public long id() {
        return zooKeeper.getSessionId();
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void write(List<ZnodeOperation> operations, Consumer<Reply<List<Written>>> callback) {
        List<Op> ops = operations.stream().map(this::op).toList();
        zooKeeper.multi(
                ops,
                (code, path, context, results) -> hand(() -> callback.accept(reply(operations, code, results))),
                null);
    }

    @Override
    public void sync(Consumer<Reply<List<Written>>> callback) {
        // What ZooKeeper calls sync is answered by the leader alone, who may have been deposed without knowing; a
        // transaction is not.
        write(List.of(new ZnodeOperation.Check(Znodes.ROOT, ZnodeOperation.ANY_VERSION)), callback);
    }

    @Override
    public long timeoutNanos() {
        return TimeUnit.MILLISECONDS.toNanos(zooKeeper.getSessionTimeout());
    }

    @Override
    public void get(String path, Consumer<Reply<Znode>> callback) {
        get(path, false, callback);
    }

    @Override
    public void observe(String path, Consumer<Reply<Znode>> callback) {
        get(path, true, callback);
    }

    private void get(String path, boolean watched, Consumer<Reply<Znode>> callback) {
        zooKeeper.getData(
                chroot + path,
                watched,
                (code, fullPath, context, data, stat) -> hand(() -> callback.accept(
                        code == Code.OK.intValue()
                                ? new Reply.Done<>(new Znode(path, data == null ? new byte[0] : data, stat(stat)))
                                : failed(0, code))),
                null);
    }

    @Override
    public void children(String path, Consumer<Reply<Children>> callback) {
        children(path, false, callback);
    }

    @Override
    public void observeChildren(String path, Consumer<Reply<Children>> callback) {
        children(path, true, callback);
    }

    private void children(String path, boolean watched, Consumer<Reply<Children>> callback) {
        zooKeeper.getChildren(
                chroot + path,
                watched,
                (code, fullPath, context, names, stat) -> hand(() -> callback.accept(
                        code == Code.OK.intValue()
                                ? new Reply.Done<>(new Children(
                                        stat(stat), names.stream().sorted().toList()))
                                : failed(0, code))),
                null);
    }

    @Override
    public void watch(String path) {
        watchesToSet.add(path);
        setWatch(path);
    }

    /** The client sets watches anew on each connection, but only those that it was once told had been set. */
    private void setWatch(String path) {
        zooKeeper.addWatch(
                chroot + path,
                AddWatchMode.PERSISTENT,
                (code, fullPath, context) -> hand(() -> {
                    if (code == Code.OK.intValue()) {
                        watchesToSet.remove(path);
                    }
                }),
                null);
    }

    // ---- the chroot itself

    /** Tells whether the chroot is there. */
    void findChroot(Consumer<Code> callback) {
        zooKeeper.exists(
                chroot, false, (code, path, context, stat) -> hand(() -> callback.accept(Code.get(code))), null);
    }

    /** Makes the chroot, for the cluster's user alone if there is one. */
    void createChroot(Consumer<Code> callback) {
        zooKeeper.create(
                chroot,
                new byte[0],
                accessList,
                CreateMode.PERSISTENT,
                (code, path, context, name) -> hand(() -> callback.accept(Code.get(code))),
                null);
    }

    /** Reads who may do what with a znode. */
    void readAccessList(String path, BiConsumer<Code, List<ACL>> callback) {
        zooKeeper.getACL(
                chroot + path,
                new Stat(),
                (code, fullPath, context, list, stat) ->
                        hand(() -> callback.accept(Code.get(code), list == null ? List.of() : list)),
                null);
    }

    // ---- the end

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Closing waits for the ensemble, and for the client's threads.
        Thread closing = new Thread(this::closeAndWait, "fyercache-zookeeper-closing" + chroot);
        closing.setDaemon(true);
        closing.start();
    }

    private void closeAndWait() {
        try {
            zooKeeper.close(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            onEnd.run();
        }
    }

    /** The handle itself, for whoever takes the session away. */
    ZooKeeper client() {
        return zooKeeper;
    }

    // ---- between ZooKeeper's words and ours

    private Op op(ZnodeOperation operation) {
        String path = chroot + operation.path();
        if (operation instanceof ZnodeOperation.Create create) {
            return Op.create(path, create.data(), accessList, mode(create.mode()));
        }
        if (operation instanceof ZnodeOperation.SetData setData) {
            return Op.setData(path, setData.data(), setData.expectedVersion());
        }
        return operation instanceof ZnodeOperation.Delete delete
                ? Op.delete(path, delete.expectedVersion())
                : Op.check(path, ((ZnodeOperation.Check) operation).expectedVersion());
    }

    private static CreateMode mode(ZnodeOperation.CreateMode mode) {
        return switch (mode) {
            case PERSISTENT -> CreateMode.PERSISTENT;
            case CONTAINER -> CreateMode.CONTAINER;
            case EPHEMERAL -> CreateMode.EPHEMERAL;
            case EPHEMERAL_SEQUENTIAL -> CreateMode.EPHEMERAL_SEQUENTIAL;
        };
    }

    private Reply<List<Written>> reply(List<ZnodeOperation> operations, int code, List<OpResult> results) {
        if (code == Code.OK.intValue()) {
            List<Written> written = new ArrayList<>(operations.size());
            for (int i = 0; i < operations.size(); i++) {
                written.add(written(operations.get(i), results.get(i)));
            }
            return new Reply.Done<>(written);
        }
        // Those before the one that failed have a result of 0, those after it one that says that they were not tried.
        for (int i = 0; results != null && i < results.size(); i++) {
            int error = results.get(i) instanceof OpResult.ErrorResult failed ? failed.getErr() : 0;
            if (error != Code.OK.intValue() && error != Code.RUNTIMEINCONSISTENCY.intValue()) {
                return failed(i, error);
            }
        }
        return failed(0, code);
    }

    private Written written(ZnodeOperation operation, OpResult result) {
        if (result instanceof OpResult.CreateResult created) {
            return new Written(created.getPath().substring(chroot.length()), null);
        }
        return new Written(operation.path(), result instanceof OpResult.SetDataResult set ? stat(set.getStat()) : null);
    }

    private static <T> Reply<T> failed(int operation, int number) {
        Code code = Code.get(number);
        return switch (code) {
            case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT, AUTHFAILED ->
                new Reply.Lost<>();
            case NONODE -> new Reply.Refused<>(operation, Refusal.NO_NODE);
            case NODEEXISTS -> new Reply.Refused<>(operation, Refusal.NODE_EXISTS);
            case BADVERSION -> new Reply.Refused<>(operation, Refusal.BAD_VERSION);
            case NOTEMPTY -> new Reply.Refused<>(operation, Refusal.NOT_EMPTY);
            case NOCHILDRENFOREPHEMERALS -> new Reply.Refused<>(operation, Refusal.NO_CHILDREN_FOR_EPHEMERALS);
            case NOAUTH -> new Reply.Refused<>(operation, Refusal.NOT_PERMITTED);
            default -> {
                LOGGER.log(Level.WARNING, "ZooKeeper refuses a request: {0}", code);
                yield new Reply.Refused<>(operation, Refusal.OTHER);
            }
        };
    }

    private static Znode.Stat stat(Stat stat) {
        return new Znode.Stat(
                stat.getCzxid(),
                stat.getMzxid(),
                stat.getPzxid(),
                stat.getVersion(),
                stat.getCversion(),
                stat.getEphemeralOwner(),
                stat.getNumChildren());
    }
}
