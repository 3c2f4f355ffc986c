package io.fyercache.zookeeper;

import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
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
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.StaticHostProvider;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * A session with a real ensemble, which is over when the ensemble says so and not before (Z6). A handle of ZooKeeper's client gives its session up
 * by itself when it has been without a server for a third longer than the session's timeout, as if the ensemble had; but an ensemble that is
 * down ends no session. So another handle asks for the same session then, and the ensemble's answer counts (ADR 26).
 *
 * <p>The client answers requests and tells of events by one thread of its own, in the order in which the server has sent them; each is handed on
 * to the thread of the process in that order, so nothing ever blocks ZooKeeper's threads, and all state here is that thread's.
 *
 * <p>All paths are below the cluster's chroot.
 */
final class LiveSession implements ObservingSession {
    private static final Logger LOGGER = System.getLogger(LiveSession.class.getName());

    /** Milliseconds that the client's threads have to end after the session; they have nothing left to do. */
    private static final int CLOSE_MILLIS = 10_000;

    private final ZooKeeperSettings settings;
    private final String chroot;
    private final List<ACL> accessList;
    private final ProcessThread process;
    private final ConnectionListener listener;
    private final Set<String> watches = new LinkedHashSet<>();
    private final Set<String> watchesToSet = new LinkedHashSet<>();

    /** What the latest handle watches once. */
    private final Set<String> observed = new LinkedHashSet<>();

    /** What an earlier one watched once, and nobody watches any more. */
    private final Set<String> unobserved = new LinkedHashSet<>();

    private final Runnable onEnd;
    private final Clock clock = SystemClock.INSTANCE;

    /** The latest handle. What is heard by an earlier one is nothing any more. */
    private ZooKeeper zooKeeper;

    private int handle;

    /** When the latest handle was opened. */
    private long openedNanos;

    /** Whether the ensemble has welcomed the latest handle. */
    private boolean welcome;

    /** The session's, as asked for until the ensemble has granted one. */
    private int timeoutMillis;

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
        this.settings = settings;
        this.chroot = settings.chroot();
        this.accessList = AccessLists.of(settings);
        this.process = process;
        this.listener = listener;
        this.onEnd = onEnd;
        this.timeoutMillis = (int) settings.sessionTimeout().toMillis();
        this.openedNanos = clock.nanoTime();
        // What the watcher hands on cannot run before this is constructed: the thread of the process is busy with that.
        this.zooKeeper =
                new ZooKeeper(settings.servers(), timeoutMillis, watcher(handle), ZooKeeperTls.client(settings.tls()));
        authenticate();
    }

    private void authenticate() {
        DigestCredentials credentials = settings.credentials();
        if (credentials != null) {
            zooKeeper.addAuthInfo(DigestCredentials.SCHEME, credentials.toBytes());
        }
    }

    private Watcher watcher(int number) {
        return event -> hand(() -> {
            if (number == handle) {
                onEvent(event);
            }
        });
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
                String path = event.getPath().substring(chroot.length());
                observed.remove(path);
                listener.changed(path);
            }
            return;
        }
        switch (event.getState()) {
            case SyncConnected -> {
                connected = true;
                welcome = true;
                timeoutMillis = zooKeeper.getSessionTimeout();
                List.copyOf(watchesToSet).forEach(this::setWatch);
                listener.connected();
                tellUnobserved();
            }
            case Disconnected -> {
                connected = false;
                listener.disconnected();
            }
            case Expired -> {
                connected = false;
                if (isOver()) {
                    listener.expired();
                } else {
                    askAgain();
                }
            }
            case AuthFailed -> {
                connected = false;
                listener.expired();
            }
            default -> LOGGER.log(Level.DEBUG, "session of {0}: {1}", chroot, event.getState());
        }
    }

    /**
     * Tells whether the ensemble has said that the session is over: it grants a timeout of zero then. A handle that was never connected has none
     * either, but gives up later than after the session's timeout; whoever is told earlier was told by the ensemble.
     */
    private boolean isOver() {
        return zooKeeper.getSessionTimeout() <= 0
                && (welcome || clock.nanoTime() - openedNanos < TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    }

    /** Asks for the session by another handle. The former has ended by itself, and has answered all requests as lost. */
    private void askAgain() {
        LOGGER.log(Level.INFO, "session of {0}: no server for long; it goes on if the ensemble still knows it", chroot);
        handle++;
        openedNanos = clock.nanoTime();
        welcome = false;
        watchesToSet.addAll(watches);
        unobserved.addAll(observed);
        observed.clear();
        try {
            zooKeeper = new ZooKeeper(
                    settings.servers(),
                    timeoutMillis,
                    watcher(handle),
                    zooKeeper.getSessionId(),
                    zooKeeper.getSessionPasswd(),
                    false,
                    new StaticHostProvider(new ConnectStringParser(settings.servers()).getServerAddresses()),
                    ZooKeeperTls.client(settings.tls()));
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "session of {0}: given up, as another handle cannot be opened: {1}", chroot, e);
            listener.expired();
            return;
        }
        authenticate();
        listener.disconnected();
    }

    /** What was watched by a handle that is no more may have changed. */
    private void tellUnobserved() {
        List<String> paths = List.copyOf(unobserved);
        unobserved.clear();
        paths.forEach(listener::changed);
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
        return TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    @Override
    public void get(String path, Consumer<Reply<Znode>> callback) {
        get(path, false, callback);
    }

    @Override
    public void observe(String path, Consumer<Reply<Znode>> callback) {
        get(path, true, noting(path, callback));
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
        children(path, true, noting(path, callback));
    }

    private <T> Consumer<Reply<T>> noting(String path, Consumer<Reply<T>> callback) {
        return reply -> {
            if (reply instanceof Reply.Done) {
                observed.add(path);
            }
            callback.accept(reply);
        };
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
        watches.add(path);
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
