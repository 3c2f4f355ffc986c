package io.fyercache.testkit.zookeeper;

import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.Request.Close;
import io.fyercache.testkit.zookeeper.Request.Read;
import io.fyercache.testkit.zookeeper.Request.Write;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.ObservingSession;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process's session with the ensemble. The client connects again by itself. As the real one does, it keeps what is asked for while there is
 * no connection: that is sent by the next one, or lost when an attempt to connect fails. So of several requests the first may be lost with a
 * connection, and the others be answered by the next; and who hears that the first is lost may not have heard yet that the connection is.
 *
 * <p>All that it does, pings included, it does by way of the process: while that is paused nothing is sent, and the session may expire.
 */
public final class ZooKeeperClient implements ObservingSession {
    /** A third of the session's timeout, as the real client does. */
    private static final long PING_NANOS = FakeZooKeeper.SESSION_TIMEOUT_NANOS / 3;

    private final FakeZooKeeper ensemble;
    private final Timeline timeline;
    private final Consumer<Runnable> process;
    private final SessionListener listener;
    private final Deque<Request<?>> unanswered = new ArrayDeque<>();
    private final Set<String> watches = new LinkedHashSet<>();
    private final List<Request<?>> unsent = new ArrayList<>();
    private @Nullable Connection connection;
    private boolean connectedAsTold;
    private long id;
    private long lastSeenZxid;
    private boolean closed;

    ZooKeeperClient(FakeZooKeeper ensemble, Timeline timeline, Consumer<Runnable> process, SessionListener listener) {
        this.ensemble = ensemble;
        this.timeline = timeline;
        this.process = process;
        this.listener = listener;
    }

    // ---- for its user

    @Override
    public long id() {
        return id;
    }

    @Override
    public boolean isConnected() {
        return connectedAsTold;
    }

    @Override
    public void write(List<ZnodeOperation> operations, Consumer<Reply<List<Written>>> callback) {
        send(new Write(List.copyOf(operations), callback));
    }

    @Override
    public void sync(Consumer<Reply<List<Written>>> callback) {
        write(List.of(), callback);
    }

    @Override
    public void get(String path, Consumer<Reply<Znode>> callback) {
        send(new Read<>(connection -> connection.tree().read(path), callback));
    }

    @Override
    public void children(String path, Consumer<Reply<Children>> callback) {
        send(new Read<>(connection -> connection.tree().readChildren(path), callback));
    }

    @Override
    public long timeoutNanos() {
        return FakeZooKeeper.SESSION_TIMEOUT_NANOS;
    }

    /** Tells of every change from now on, not of the first alone: more than a real session does, which its user has to bear. */
    @Override
    public void observe(String path, Consumer<Reply<Znode>> callback) {
        watch(path);
        get(path, callback);
    }

    @Override
    public void observeChildren(String path, Consumer<Reply<Children>> callback) {
        watch(path);
        children(path, callback);
    }

    @Override
    public void watch(String path) {
        watches.add(path);
        send(new Read<>(
                connection -> {
                    connection.watch(path);
                    return new Reply.Done<>(true);
                },
                reply -> {}));
    }

    @Override
    public void close() {
        send(new Close(reply -> {}));
        closed = true;
        unanswered.clear();
    }

    private void send(Request<?> request) {
        Connection current = connection;
        if (closed) {
            return;
        }
        if (current == null) {
            unsent.add(request);
            return;
        }
        unanswered.add(request);
        current.send(request);
        ensemble.perhapsBreak(current);
    }

    // ---- for the ensemble

    Set<String> watches() {
        return watches;
    }

    long lastSeenZxid() {
        return lastSeenZxid;
    }

    void run(Runnable action) {
        process.accept(() -> {
            if (!closed) {
                action.run();
            }
        });
    }

    void connect() {
        timeline.after(ensemble.delayNanos(), () -> ensemble.accept(this));
    }

    void onConnected(Connection made) {
        connection = made;
        connectedAsTold = true;
        id = made.session().id();
        ping(made);
        List<Request<?>> waiting = new ArrayList<>(unsent);
        unsent.clear();
        waiting.forEach(this::send);
        listener.connected();
    }

    /** An attempt to connect has failed. */
    void onRefused() {
        loseUnsent();
        connect();
    }

    private void loseUnsent() {
        List<Request<?>> lost = new ArrayList<>(unsent);
        unsent.clear();
        lost.forEach(this::lose);
    }

    private void ping(Connection over) {
        if (connection == over) {
            over.ping();
            timeline.after(PING_NANOS, () -> run(() -> ping(over)));
        }
    }

    void onDisconnected(Connection broken) {
        if (connection == broken) {
            connection = null;
            List<Request<?>> lost = new ArrayList<>(unanswered);
            unanswered.clear();
            lost.forEach(this::lose);
            connectedAsTold = false;
        }
        connect();
    }

    private <T> void lose(Request<T> request) {
        if (!closed) {
            request.callback().accept(new Reply.Lost<>());
        }
    }

    <T> void onAnswer(Connection from, long zxid, Request<T> request, Reply<T> reply) {
        if (connection == from) {
            see(zxid);
            unanswered.remove();
            request.callback().accept(reply);
        }
    }

    void onChange(Connection from, long zxid, String path) {
        if (connection == from) {
            see(zxid);
            listener.changed(path);
        }
    }

    private void see(long zxid) {
        if (zxid < lastSeenZxid) {
            throw new AssertionError("zxid seen: " + zxid + " (expected: at least " + lastSeenZxid + ", as before)");
        }
        lastSeenZxid = zxid;
    }

    void onExpired() {
        loseUnsent();
        closed = true;
        listener.expired();
    }
}
