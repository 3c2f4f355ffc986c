package io.fyercache.testkit.zookeeper;

import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.Request.Close;
import io.fyercache.testkit.zookeeper.Request.Read;
import io.fyercache.testkit.zookeeper.Request.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process's session with the ensemble. Requests are answered in their order, and end as lost while there is no connection; the client
 * connects again by itself.
 *
 * <p>All that it does, pings included, it does by way of the process: while that is paused nothing is sent, and the session may expire.
 */
public final class ZooKeeperClient {
    /** A third of the session's timeout, as the real client does. */
    private static final long PING_NANOS = FakeZooKeeper.SESSION_TIMEOUT_NANOS / 3;

    private final FakeZooKeeper ensemble;
    private final Timeline timeline;
    private final Consumer<Runnable> process;
    private final SessionListener listener;
    private final Deque<Request<?>> unanswered = new ArrayDeque<>();
    private final Set<String> watches = new LinkedHashSet<>();
    private @Nullable Connection connection;
    private long lastSeenZxid;
    private boolean closed;

    ZooKeeperClient(FakeZooKeeper ensemble, Timeline timeline, Consumer<Runnable> process, SessionListener listener) {
        this.ensemble = ensemble;
        this.timeline = timeline;
        this.process = process;
        this.listener = listener;
    }

    // ---- for its user

    /** Tells whether there is a connection, as far as this side knows. */
    public boolean isConnected() {
        return connection != null;
    }

    /** Does all of it or nothing. The answer has the znode after each operation; of one that was deleted, as it was. */
    public void write(List<ZnodeOperation> operations, Consumer<Reply<List<Znode>>> callback) {
        send(new Write(List.copyOf(operations), callback));
    }

    /**
     * Makes later reads see all that was done by now. ZooKeeper's sync asks the leader alone; this one is agreed upon like a write, so a
     * leader that was deposed cannot answer it. Users must not rely on the difference, which shows only within an election.
     */
    public void sync(Consumer<Reply<List<Znode>>> callback) {
        write(List.of(), callback);
    }

    /** Reads a znode, perhaps as it was, but never as it was before something that this client has seen. */
    public void get(String path, Consumer<Reply<Znode>> callback) {
        send(new Read<>(connection -> connection.tree().read(path), callback));
    }

    /** Reads the names of a znode's children, with the same reservation. */
    public void children(String path, Consumer<Reply<Children>> callback) {
        send(new Read<>(connection -> connection.tree().readChildren(path), callback));
    }

    /**
     * Watches a znode and the list of its children for as long as the session lasts. ZooKeeper calls the watch persistent. The children
     * themselves are not watched.
     */
    public void watch(String path) {
        watches.add(path);
        send(new Read<>(
                connection -> {
                    connection.watch(path);
                    return new Reply.Done<>(true);
                },
                reply -> {}));
    }

    /** Ends the session. Nothing is answered or told any more. If the ensemble cannot be reached, it will find out by itself. */
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
            timeline.after(ensemble.delayNanos(), () -> run(() -> lose(request)));
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
        ping(made);
        listener.connected();
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
        closed = true;
        listener.expired();
    }
}
